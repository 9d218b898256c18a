package io.castalia.actors.partition;

import io.castalia.actors.partition.AppendResult.RecordError;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import org.apache.kafka.common.protocol.Errors;

/** The binary forms of answers: Kafka's error code first, then the fields of their records. */
final class PartitionReplyForms {
  private PartitionReplyForms() {}

  static void write(WireOutput out, AppendResult result) {
    out.int16(result.error().code()).shortString(result.message());
    out.int64(result.baseOffset()).int64(result.logAppendTime()).int64(result.logStartOffset());
    out.int32(result.leaderEpoch());
    out.list(result.recordErrors(), error -> out.int32(error.index()).shortString(error.message()));
  }

  static AppendResult readAppend(WireInput in) {
    return new AppendResult(
        readError(in),
        in.shortString(),
        in.int64(),
        in.int64(),
        in.int64(),
        in.int32(),
        in.list(() -> new RecordError(in.int32(), in.shortString())));
  }

  static void write(WireOutput out, PartitionBounds bounds) {
    out.int16(bounds.error().code()).int64(bounds.logStart()).int64(bounds.highWatermark());
    out.int64(bounds.lastStableOffset()).int32(bounds.leaderEpoch()).int32(bounds.logStartEpoch());
    out.int64(bounds.maxTimestamp().timestamp()).int64(bounds.maxTimestamp().offset());
  }

  static PartitionBounds readBounds(WireInput in) {
    return new PartitionBounds(
        readError(in),
        in.int64(),
        in.int64(),
        in.int64(),
        in.int32(),
        in.int32(),
        new TimestampMark(in.int64(), in.int64()));
  }

  static void write(WireOutput out, OffsetResult result) {
    out.int16(result.error().code()).int64(result.offset()).int64(result.timestamp());
    out.int32(result.leaderEpoch());
  }

  static OffsetResult readOffset(WireInput in) {
    return new OffsetResult(readError(in), in.int64(), in.int64(), in.int32());
  }

  static void write(WireOutput out, PartitionDescription description) {
    out.int16(description.error().code());
    out.int64(description.logStartOffset()).int64(description.highWatermark());
    out.int32(description.leaderEpoch()).int64(description.sizeInBytes());
  }

  static PartitionDescription readDescription(WireInput in) {
    return new PartitionDescription(readError(in), in.int64(), in.int64(), in.int32(), in.int64());
  }

  static void write(WireOutput out, Dropped dropped) {
    out.int16(dropped.error().code());
  }

  static Dropped readDropped(WireInput in) {
    return new Dropped(readError(in));
  }

  private static Errors readError(WireInput in) {
    return Errors.forCode(in.int16());
  }
}
