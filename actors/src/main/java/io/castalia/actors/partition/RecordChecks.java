package io.castalia.actors.partition;

import io.castalia.actors.partition.AppendResult.RecordError;
import io.castalia.actors.topic.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.CloseableIterator;

/**
 * Checks single records, decompressing them, where a topic's configuration asks for it: keys in
 * compacted topics, and timestamps where their age is bounded.
 */
final class RecordChecks {
  /** How many bad records of one batch are named in an answer. */
  private static final int MAX_RECORD_ERRORS = 100;

  private final TopicSettings settings;
  private final long now;
  private final boolean agesBounded;

  RecordChecks(TopicSettings settings, long now) {
    this.settings = settings;
    this.now = now;
    this.agesBounded =
        settings.timestampType() == TimestampType.CREATE_TIME
            && settings.timestampBeforeMaxMs() != Long.MAX_VALUE;
  }

  Optional<AppendResult> refusal(MutableRecordBatch batch) {
    if (!settings.compact() && !agesBounded) {
      return Optional.empty();
    }
    List<RecordError> keyless = new ArrayList<>();
    List<RecordError> tooOld = new ArrayList<>();
    try (CloseableIterator<Record> records =
        batch.skipKeyValueIterator(BufferSupplier.NO_CACHING)) {
      for (int index = 0; records.hasNext(); index++) {
        Record next = records.next();
        note(keyless, settings.compact() && !next.hasKey(), index, "the topic needs a key");
        note(tooOld, isTooOld(next.timestamp()), index, "the timestamp lies too far back");
      }
    } catch (KafkaException e) {
      return Optional.of(
          AppendResult.refused(Errors.INVALID_RECORD, "records cannot be read: " + e.getMessage()));
    }
    return refusal(Errors.INVALID_TIMESTAMP, tooOld)
        .or(() -> refusal(Errors.INVALID_RECORD, keyless));
  }

  private boolean isTooOld(long timestamp) {
    return agesBounded
        && timestamp != RecordBatch.NO_TIMESTAMP
        && now - timestamp > settings.timestampBeforeMaxMs();
  }

  private static void note(List<RecordError> errors, boolean bad, int index, String message) {
    if (bad && errors.size() < MAX_RECORD_ERRORS) {
      errors.add(new RecordError(index, message));
    }
  }

  private static Optional<AppendResult> refusal(Errors error, List<RecordError> records) {
    if (records.isEmpty()) {
      return Optional.empty();
    }
    String message = "some records are invalid: " + records.get(0).message();
    return Optional.of(new AppendResult(error, message, -1, -1, -1, -1, records));
  }
}
