package io.castalia.streams.processing;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

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
  record DeadLetter(String topic) implements ErrorPolicy {
    @Override
    public Set<String> deadLetterTopics() {
      return Set.of(topic);
    }
  }

  /** See {@link ErrorPolicy#except}. */
  record Except(Predicate<Failure> which, ErrorPolicy instead, ErrorPolicy otherwise)
      implements ErrorPolicy {
    @Override
    public ErrorPolicy on(Failure failure) {
      return (which.test(failure) ? instead : otherwise).on(failure);
    }

    @Override
    public Set<String> deadLetterTopics() {
      Set<String> both = new HashSet<>(instead.deadLetterTopics());
      both.addAll(otherwise.deadLetterTopics());
      return Set.copyOf(both);
    }
  }

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

  /**
   * This policy but for some failures, for which there is another one. Of several exceptions the
   * last one that was made comes first.
   *
   * @param which is asked with each failure, several times perhaps, and must depend on nothing
   *     else; where it throws the task stops
   */
  default ErrorPolicy except(Predicate<Failure> which, ErrorPolicy instead) {
    return new Except(which, instead, this);
  }

  /** What is done about a failure: {@link Fail}, {@link Skip} or {@link DeadLetter}. */
  default ErrorPolicy on(Failure failure) {
    return this;
  }

  /** All topics that records may go to. */
  default Set<String> deadLetterTopics() {
    return Set.of();
  }
}
