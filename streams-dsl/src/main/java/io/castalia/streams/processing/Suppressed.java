package io.castalia.streams.processing;

import java.util.Optional;

/**
 * What is held back of the changes of a table.
 *
 * @param name of the store of what is held back, if it is to have one of its own
 */
public record Suppressed(Optional<String> name) {

  /** All results of a window but the last one, which comes when the window has closed. */
  public static Suppressed untilWindowCloses() {
    return new Suppressed(Optional.empty());
  }

  /** The same under a name. */
  public Suppressed withName(String other) {
    return new Suppressed(Optional.of(other));
  }
}
