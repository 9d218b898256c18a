package io.castalia.streams;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** The control of what has ended. */
record NoopControl() implements Consumer.Control {
  private static final CompletionStage<Done> DONE =
      CompletableFuture.completedStage(Done.getInstance());

  @Override
  public CompletionStage<Done> stop() {
    return DONE;
  }

  @Override
  public CompletionStage<Done> shutdown() {
    return DONE;
  }

  @Override
  public CompletionStage<Done> isShutdown() {
    return DONE;
  }
}
