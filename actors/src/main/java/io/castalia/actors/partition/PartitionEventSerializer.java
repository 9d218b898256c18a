package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.actors.partition.PartitionEvent.ProducersExpired;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireSerializer;
import io.castalia.api.internal.WireTable;
import org.apache.pekko.util.ByteString;

/**
 * A partition's events and snapshots as bytes. The bulk of an entry is not written: the journal
 * keeps it.
 */
final class PartitionEventSerializer extends WireSerializer {
  static final int IDENTIFIER = 770_001;

  private static final WireTable TABLE =
      new WireTable("partition events")
          .row(
              EntryAppended.class,
              "entry-1",
              PartitionEventSerializer::write,
              PartitionEventSerializer::readEntry)
          .row(
              LogStartMoved.class,
              "log-start-1",
              (out, moved) -> out.int64(moved.offset()),
              in -> new LogStartMoved(in.int64()))
          .row(
              ProducersExpired.class,
              "expired-1",
              (out, expired) ->
                  out.int64(expired.silentSince()).list(expired.producerIds(), out::int64),
              PartitionEventSerializer::readExpired)
          .row(
              PartitionState.class,
              "state-3",
              PartitionStateCodec::write,
              PartitionStateCodec::read)
          .reads("state-2", PartitionStateCodec::readSecond)
          .reads("state-1", PartitionStateCodec::readFirst);

  PartitionEventSerializer() {
    super(IDENTIFIER, TABLE);
  }

  private static void write(WireOutput out, EntryAppended entry) {
    out.int64(entry.firstPosition()).int64(entry.lastPosition());
    out.int64(entry.maxTimestamp()).int64(entry.maxTimestampOffset());
    out.int32(entry.leaderEpoch());
    PartitionStateCodec.writeBatches(out, entry.producerBatches());
  }

  private static EntryAppended readEntry(WireInput in) {
    return new EntryAppended(
        in.int64(),
        in.int64(),
        in.int64(),
        in.int64(),
        in.int32(),
        PartitionStateCodec.readBatches(in),
        ByteString.emptyByteString());
  }

  private static ProducersExpired readExpired(WireInput in) {
    long silentSince = in.int64();
    return new ProducersExpired(in.list(in::int64), silentSince);
  }
}
