package io.castalia.persistence.journal;

import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** One incarnation of a node as a writer: a fresh id, its registration and its verifier. */
final class Writer {
  private final UUID id;
  private final JournalGround ground;
  private final WriterVerifier verifier;
  private final Once registration = new Once();

  /**
   * A writer, not registered yet.
   *
   * @param onFenced run once, when the writer is found fenced as a whole
   */
  Writer(UUID id, JournalGround ground, Runnable onFenced) {
    this.id = id;
    this.ground = ground;
    this.verifier = new WriterVerifier(id, ground, onFenced);
  }

  UUID id() {
    return id;
  }

  WriterVerifier verifier() {
    return verifier;
  }

  /** Registers the writer, once; a registration that failed is begun again by the next caller. */
  CompletionStage<Done> registered() {
    return registration.run(
        () -> Retry.begin(ground).untilKnown(() -> ground.store().registerWriter(id)));
  }
}
