package io.castalia.streams;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.japi.function.Creator;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.RestartSource;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The control of a source that is started again when it fails: that of whichever source runs. For
 * use by many threads.
 */
final class RestartingSource implements Consumer.Control {
  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private final SharedKillSwitch whole = KillSwitches.shared("restarting-source");
  private Consumer.Control current = Consumer.createNoopControl();
  private boolean stopping;

  private RestartingSource() {}

  static <T> Source<T, Consumer.Control> create(
      RestartSettings settings, Creator<Source<T, Consumer.Control>> source) {
    return Source.fromMaterializer(
            (materializer, attributes) -> new RestartingSource().run(settings, source))
        .mapMaterializedValue(Begun::new);
  }

  private <T> Source<T, Consumer.Control> run(
      RestartSettings settings, Creator<Source<T, Consumer.Control>> source) {
    return RestartSource.onFailuresWithBackoff(settings, () -> next(source))
        .via(whole.flow())
        .watchTermination(
            (notUsed, terminated) -> {
              var unused = terminated.whenComplete((done, failure) -> end(failure));
              return this;
            });
  }

  private synchronized <T> Source<T, ?> next(Creator<Source<T, Consumer.Control>> source)
      throws Exception {
    return stopping ? Source.empty() : source.create().mapMaterializedValue(this::take);
  }

  /** Between a look at {@link #stopping} and the start of a source it may have been stopped. */
  private synchronized Consumer.Control take(Consumer.Control control) {
    current = control;
    if (stopping) {
      var unused = control.stop();
    }
    return control;
  }

  /** The last source may have yet to leave its group. */
  private synchronized void end(@Nullable Throwable failure) {
    var unused =
        current
            .isShutdown()
            .whenComplete(
                (done, alreadyKnown) -> {
                  if (failure == null) {
                    ended.complete(Done.getInstance());
                  } else {
                    ended.completeExceptionally(failure);
                  }
                });
  }

  @Override
  public synchronized CompletionStage<Done> stop() {
    stopping = true;
    return endedAfter(current.stop());
  }

  @Override
  public synchronized CompletionStage<Done> shutdown() {
    stopping = true;
    return endedAfter(current.shutdown());
  }

  /** A source that has failed, so that a pause is under way, is not waited for. */
  private CompletionStage<Done> endedAfter(CompletionStage<Done> last) {
    var unused = last.whenComplete((done, failure) -> whole.shutdown());
    return isShutdown();
  }

  @Override
  public CompletionStage<Done> isShutdown() {
    return ended;
  }

  /** Until the stage with the control's source has been started. */
  private record Begun(CompletionStage<Consumer.Control> control) implements Consumer.Control {
    @Override
    public CompletionStage<Done> stop() {
      return control.thenCompose(Consumer.Control::stop);
    }

    @Override
    public CompletionStage<Done> shutdown() {
      return control.thenCompose(Consumer.Control::shutdown);
    }

    @Override
    public CompletionStage<Done> isShutdown() {
      return control.thenCompose(Consumer.Control::isShutdown);
    }
  }
}
