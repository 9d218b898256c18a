package io.castalia.actors.partition;

import io.castalia.actors.topic.TopicSettings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.pekko.util.ByteString;

/**
 * Checks the batches that a client sends, with the rules and codes of Kafka's broker. Reads batch
 * headers only; records are looked at where a topic's configuration asks for it.
 */
final class BatchChecks {
  private static final int ATTRIBUTES_OFFSET = DefaultRecordBatch.CRC_OFFSET + Integer.BYTES;
  private static final int COMPRESSION_MASK = 0x07;
  private static final int LAST_COMPRESSION_ID = 4;

  private final TopicSettings settings;
  private final long now;

  /**
   * @param settings the topic's settings
   * @param now milliseconds since the epoch
   */
  BatchChecks(TopicSettings settings, long now) {
    this.settings = settings;
    this.now = now;
  }

  /** What came of the checks. */
  sealed interface Outcome {}

  /**
   * All batches may be appended.
   *
   * @param batches at least one
   */
  record Valid(List<BatchHeader> batches) implements Outcome {}

  /** Nothing may be appended. */
  record Invalid(AppendResult refusal) implements Outcome {}

  Outcome check(ByteString payload) {
    ByteBuffer bytes = payload.asByteBuffer();
    List<BatchHeader> headers = new ArrayList<>(1);
    int position = 0;
    try {
      for (MutableRecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
        Optional<AppendResult> refusal = refusal(batch, bytes, position);
        if (refusal.isPresent()) {
          return new Invalid(refusal.get());
        }
        headers.add(header(batch));
        position += batch.sizeInBytes();
      }
    } catch (CorruptRecordException e) {
      return new Invalid(
          AppendResult.refused(Errors.CORRUPT_MESSAGE, String.valueOf(e.getMessage())));
    }
    if (position != bytes.limit()) {
      return new Invalid(
          AppendResult.refused(
              Errors.CORRUPT_MESSAGE,
              "expected whole batches, but the last %d bytes are none"
                  .formatted(bytes.limit() - position)));
    }
    if (headers.isEmpty()) {
      return new Invalid(
          AppendResult.refused(
              Errors.INVALID_RECORD, "expected a record batch, but there is none"));
    }
    return new Valid(headers);
  }

  private static BatchHeader header(MutableRecordBatch batch) {
    return new BatchHeader(
        batch.countOrNull(),
        batch.maxTimestamp(),
        batch.producerId(),
        batch.producerEpoch(),
        batch.baseSequence(),
        batch.lastSequence());
  }

  private Optional<AppendResult> refusal(MutableRecordBatch batch, ByteBuffer bytes, int position) {
    if (batch.magic() != RecordBatch.MAGIC_VALUE_V2) {
      return refused(
          Errors.INVALID_RECORD, "expected magic 2, but it was %d".formatted(batch.magic()));
    }
    return integrity(batch, bytes, position)
        .or(() -> structure(batch))
        .or(() -> attributes(batch, bytes.getShort(position + ATTRIBUTES_OFFSET)))
        .or(() -> timestamps(batch))
        .or(() -> new RecordChecks(settings, now).refusal(batch));
  }

  private Optional<AppendResult> integrity(
      MutableRecordBatch batch, ByteBuffer bytes, int position) {
    int size = batch.sizeInBytes();
    if (size > settings.maxMessageBytes()) {
      return refused(
          Errors.MESSAGE_TOO_LARGE,
          "expected a batch of at most max.message.bytes (%d), but it has %d bytes"
              .formatted(settings.maxMessageBytes(), size));
    }
    if (size < DefaultRecordBatch.RECORD_BATCH_OVERHEAD) {
      return refused(
          Errors.CORRUPT_MESSAGE, "a batch of %d bytes has no whole header".formatted(size));
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(position + ATTRIBUTES_OFFSET, size - ATTRIBUTES_OFFSET));
    long stored = Integer.toUnsignedLong(bytes.getInt(position + DefaultRecordBatch.CRC_OFFSET));
    return crc.getValue() == stored
        ? Optional.empty()
        : refused(
            Errors.CORRUPT_MESSAGE,
            "record is corrupt: expected CRC %d, but it was %d".formatted(stored, crc.getValue()));
  }

  private static Optional<AppendResult> structure(MutableRecordBatch batch) {
    if (batch.baseOffset() != 0) {
      return refused(
          Errors.INVALID_RECORD,
          "expected base offset 0, but it was %d".formatted(batch.baseOffset()));
    }
    int count = batch.countOrNull();
    if (count <= 0 || batch.lastOffset() + 1 != count) {
      return refused(
          Errors.INVALID_RECORD,
          "expected as many records as offsets, but there are %d and %d"
              .formatted(count, batch.lastOffset() + 1));
    }
    if (batch.hasProducerId() && (batch.baseSequence() < 0 || batch.producerEpoch() < 0)) {
      return refused(
          Errors.INVALID_RECORD,
          "expected a sequence and an epoch of producer %d, but they were %d and %d"
              .formatted(batch.producerId(), batch.baseSequence(), (int) batch.producerEpoch()));
    }
    return Optional.empty();
  }

  private static Optional<AppendResult> attributes(MutableRecordBatch batch, short attributes) {
    if (batch.isControlBatch()) {
      return refused(Errors.INVALID_RECORD, "clients may not write control records");
    }
    if (batch.isTransactional()) {
      return refused(
          Errors.INVALID_TXN_STATE,
          "producer %d has no transaction open on this partition".formatted(batch.producerId()));
    }
    int compression = attributes & COMPRESSION_MASK;
    return compression <= LAST_COMPRESSION_ID
        ? Optional.empty()
        : refused(
            Errors.UNSUPPORTED_COMPRESSION_TYPE,
            "there is no compression type %d".formatted(compression));
  }

  /** The largest timestamp is in the header; the earliest only matters where it is bounded. */
  private Optional<AppendResult> timestamps(MutableRecordBatch batch) {
    if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
      return refused(
          Errors.INVALID_TIMESTAMP, "producers may not set the timestamp type LogAppendTime");
    }
    if (settings.timestampType() == TimestampType.CREATE_TIME
        && batch.maxTimestamp() != RecordBatch.NO_TIMESTAMP
        && batch.maxTimestamp() - now > settings.timestampAfterMaxMs()) {
      return refused(
          Errors.INVALID_TIMESTAMP,
          "expected timestamps at most %d ms after now (%d), but one was %d"
              .formatted(settings.timestampAfterMaxMs(), now, batch.maxTimestamp()));
    }
    return Optional.empty();
  }

  private static Optional<AppendResult> refused(Errors error, String message) {
    return Optional.of(AppendResult.refused(error, message));
  }
}
