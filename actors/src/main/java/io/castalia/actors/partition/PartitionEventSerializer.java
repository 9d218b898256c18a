package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.actors.partition.PartitionEvent.ProducersExpired;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.util.ByteString;

/**
 * A partition's events and snapshots as bytes. The manifest names type and version; a new version
 * gets a new manifest, and old ones stay readable. The bulk of an entry is not written: the journal
 * keeps it.
 */
final class PartitionEventSerializer extends SerializerWithStringManifest {
  static final int IDENTIFIER = 770_001;

  private static final String ENTRY_1 = "entry-1";
  private static final String LOG_START_1 = "log-start-1";
  private static final String EXPIRED_1 = "expired-1";
  private static final String STATE_1 = "state-1";
  private static final String STATE_2 = "state-2";
  private static final String STATE_3 = "state-3";

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object o) {
    if (o instanceof EntryAppended) {
      return ENTRY_1;
    }
    if (o instanceof LogStartMoved) {
      return LOG_START_1;
    }
    if (o instanceof ProducersExpired) {
      return EXPIRED_1;
    }
    if (o instanceof PartitionState) {
      return STATE_3;
    }
    throw new IllegalArgumentException(
        "expected an event or state of a partition, but it was " + o.getClass());
  }

  @Override
  public byte[] toBinary(Object o) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(o, out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in, manifest);
    } catch (NotSerializableException e) {
      throw e;
    } catch (IOException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected \"%s\", but %d bytes cannot be read as that"
                  .formatted(manifest, bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static void write(Object o, DataOutputStream out) throws IOException {
    if (o instanceof EntryAppended entry) {
      out.writeLong(entry.firstPosition());
      out.writeLong(entry.lastPosition());
      out.writeLong(entry.maxTimestamp());
      out.writeLong(entry.maxTimestampOffset());
      out.writeInt(entry.leaderEpoch());
      PartitionStateCodec.writeBatches(entry.producerBatches(), out);
    } else if (o instanceof LogStartMoved moved) {
      out.writeLong(moved.offset());
    } else if (o instanceof ProducersExpired expired) {
      out.writeLong(expired.silentSince());
      out.writeInt(expired.producerIds().size());
      for (long id : expired.producerIds()) {
        out.writeLong(id);
      }
    } else {
      PartitionStateCodec.write((PartitionState) o, out);
    }
  }

  private static Object read(DataInputStream in, String manifest) throws IOException {
    return switch (manifest) {
      case ENTRY_1 ->
          new EntryAppended(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readInt(),
              PartitionStateCodec.readBatches(in),
              ByteString.emptyByteString());
      case LOG_START_1 -> new LogStartMoved(in.readLong());
      case EXPIRED_1 -> readExpired(in);
      case STATE_1 -> PartitionStateCodec.readFirst(in);
      case STATE_2 -> PartitionStateCodec.readSecond(in);
      case STATE_3 -> PartitionStateCodec.read(in);
      default ->
          throw new NotSerializableException(
              "expected a manifest of partition events, but it was \"%s\"".formatted(manifest));
    };
  }

  private static ProducersExpired readExpired(DataInputStream in) throws IOException {
    long silentSince = in.readLong();
    List<Long> ids = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ids.add(in.readLong());
    }
    return new ProducersExpired(ids, silentSince);
  }
}
