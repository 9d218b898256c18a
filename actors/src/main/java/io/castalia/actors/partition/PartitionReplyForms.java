package io.castalia.actors.partition;

import io.castalia.actors.partition.AppendResult.RecordError;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/** The binary forms of answers: Kafka's error code first, then the fields of their records. */
final class PartitionReplyForms {
  private PartitionReplyForms() {}

  static void write(AppendResult result, DataOutputStream out) throws IOException {
    out.writeShort(result.error().code());
    out.writeUTF(result.message());
    out.writeLong(result.baseOffset());
    out.writeLong(result.logAppendTime());
    out.writeLong(result.logStartOffset());
    out.writeInt(result.leaderEpoch());
    out.writeInt(result.recordErrors().size());
    for (RecordError error : result.recordErrors()) {
      out.writeInt(error.index());
      out.writeUTF(error.message());
    }
  }

  static AppendResult readAppend(DataInputStream in) throws IOException {
    Errors error = readError(in);
    String message = in.readUTF();
    long baseOffset = in.readLong();
    long logAppendTime = in.readLong();
    long logStart = in.readLong();
    int leaderEpoch = in.readInt();
    List<RecordError> recordErrors = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      recordErrors.add(new RecordError(in.readInt(), in.readUTF()));
    }
    return new AppendResult(
        error, message, baseOffset, logAppendTime, logStart, leaderEpoch, recordErrors);
  }

  static void write(PartitionBounds bounds, DataOutputStream out) throws IOException {
    out.writeShort(bounds.error().code());
    out.writeLong(bounds.logStart());
    out.writeLong(bounds.highWatermark());
    out.writeLong(bounds.lastStableOffset());
    out.writeInt(bounds.leaderEpoch());
    out.writeInt(bounds.logStartEpoch());
    out.writeLong(bounds.maxTimestamp().timestamp());
    out.writeLong(bounds.maxTimestamp().offset());
  }

  static PartitionBounds readBounds(DataInputStream in) throws IOException {
    return new PartitionBounds(
        readError(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        new TimestampMark(in.readLong(), in.readLong()));
  }

  static void write(OffsetResult result, DataOutputStream out) throws IOException {
    out.writeShort(result.error().code());
    out.writeLong(result.offset());
    out.writeLong(result.timestamp());
    out.writeInt(result.leaderEpoch());
  }

  static OffsetResult readOffset(DataInputStream in) throws IOException {
    return new OffsetResult(readError(in), in.readLong(), in.readLong(), in.readInt());
  }

  static void write(PartitionDescription description, DataOutputStream out) throws IOException {
    out.writeShort(description.error().code());
    out.writeLong(description.logStartOffset());
    out.writeLong(description.highWatermark());
    out.writeInt(description.leaderEpoch());
    out.writeLong(description.sizeInBytes());
  }

  static PartitionDescription readDescription(DataInputStream in) throws IOException {
    return new PartitionDescription(
        readError(in), in.readLong(), in.readLong(), in.readInt(), in.readLong());
  }

  static void write(Dropped dropped, DataOutputStream out) throws IOException {
    out.writeShort(dropped.error().code());
  }

  static Dropped readDropped(DataInputStream in) throws IOException {
    return new Dropped(readError(in));
  }

  private static Errors readError(DataInputStream in) throws IOException {
    return Errors.forCode(in.readShort());
  }
}
