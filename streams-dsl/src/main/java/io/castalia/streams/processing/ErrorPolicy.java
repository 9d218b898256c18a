package io.castalia.streams.processing;

/** What becomes of a record that cannot be deserialized, or on which a processor throws. */
public sealed interface ErrorPolicy {

  /**
   * The task stops before the record and says why; it tries again with growing pauses. The default:
   * nothing is skipped that nobody decided to skip.
   */
  record Fail() implements ErrorPolicy {}

  /** The record is dropped, which is counted and logged. */
  record Skip() implements ErrorPolicy {}

  /**
   * The record goes, as it was read, to a topic; headers say where it came from and what was wrong
   * with it.
   *
   * @param topic which must exist
   */
  record DeadLetter(String topic) implements ErrorPolicy {}

  /** See {@link Fail}. */
  static ErrorPolicy fail() {
    return new Fail();
  }

  /** See {@link Skip}. */
  static ErrorPolicy skip() {
    return new Skip();
  }

  /** See {@link DeadLetter}. */
  static ErrorPolicy deadLetter(String topic) {
    return new DeadLetter(topic);
  }
}
