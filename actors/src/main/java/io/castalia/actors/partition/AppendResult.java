package io.castalia.actors.partition;

import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to an append. With an error nothing was appended; offsets are then -1.
 *
 * @param error {@link Errors#NONE}, or why the append was refused; a retriable code when the
 *     outcome is unknown
 * @param message what was expected and what came, empty on success
 * @param baseOffset offset of the first record
 * @param logAppendTime milliseconds since the epoch, or -1 unless the topic uses LogAppendTime
 * @param logStartOffset the partition's first available offset
 * @param leaderEpoch the epoch in which the records were appended
 * @param recordErrors per-record reasons when records were invalid
 */
public record AppendResult(
    Errors error,
    String message,
    long baseOffset,
    long logAppendTime,
    long logStartOffset,
    int leaderEpoch,
    List<RecordError> recordErrors) {
  public AppendResult {
    recordErrors = List.copyOf(recordErrors);
  }

  /**
   * Why one record of a batch is invalid.
   *
   * @param index the record's index within the batch, from 0
   * @param message the reason
   */
  public record RecordError(int index, String message) {}

  public static AppendResult refused(Errors error, String message) {
    return new AppendResult(error, message, -1, -1, -1, -1, List.of());
  }
}
