package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Failure;
import java.util.Optional;

/** Asks users' policy what is to be done about a failure. One that fails itself says to fail. */
record FailurePolicy(ErrorPolicy errors) {
  private static final long NO_OFFSET = -1;

  /**
   * About a record.
   *
   * @param where the operator that has thrown
   * @param reading whether that was in making the record of bytes
   */
  ErrorPolicy ofRecord(SourceRecord source, String where, boolean reading, RuntimeException cause) {
    return on(
        new Failure(
            Optional.of(source.partition()), source.record().offset(), where, reading, cause));
  }

  /** About what follows of time: there is no record to go anywhere. */
  ErrorPolicy ofTime(String where, RuntimeException cause) {
    return on(new Failure(Optional.empty(), NO_OFFSET, where, false, cause));
  }

  private ErrorPolicy on(Failure failure) {
    try {
      return errors.on(failure);
    } catch (RuntimeException e) {
      failure.cause().addSuppressed(e);
      return ErrorPolicy.fail();
    }
  }
}
