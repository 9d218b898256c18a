package io.castalia.persistence;

import java.util.UUID;
import org.apache.pekko.actor.setup.Setup;

/**
 * Gives an actor system's first writer an id, where others are told it before the system exists.
 * Two systems must never get the same.
 */
public final class WriterSetup extends Setup {
  private final UUID writer;

  public WriterSetup(UUID writer) {
    this.writer = writer;
  }

  UUID writer() {
    return writer;
  }
}
