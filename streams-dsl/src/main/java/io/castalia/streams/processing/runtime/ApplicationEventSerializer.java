package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.RecordCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.streams.processing.runtime.ApplicationEvent.Described;
import io.castalia.streams.processing.runtime.ApplicationEvent.Reset;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Events and snapshots of applications as bytes; the manifest names type and version. */
final class ApplicationEventSerializer extends SerializerWithStringManifest {
  static final int IDENTIFIER = 744_003;

  private static final String DESCRIBED_1 = "described-1";
  private static final String RESET_1 = "reset-1";
  private static final String RECORD_1 = "record-1";

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object o) {
    if (o instanceof Described) {
      return DESCRIBED_1;
    }
    if (o instanceof Reset) {
      return RESET_1;
    }
    if (o instanceof ApplicationRecord) {
      return RECORD_1;
    }
    throw new IllegalArgumentException(
        "expected an event or record of an application, but it was " + o.getClass());
  }

  @Override
  public byte[] toBinary(Object o) {
    WireOutput out = new WireOutput();
    if (o instanceof Described described) {
      names(out, described.inputs());
      names(out, described.own());
    } else if (o instanceof Reset reset) {
      places(out, reset.places());
    } else {
      ApplicationRecord record = (ApplicationRecord) o;
      out.int64(record.generation());
      names(out, record.inputs());
      names(out, record.own());
      places(out, record.places());
    }
    return out.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    WireInput in = new WireInput(bytes);
    try {
      return switch (manifest) {
        case DESCRIBED_1 -> new Described(names(in), names(in));
        case RESET_1 -> new Reset(places(in));
        case RECORD_1 -> new ApplicationRecord(in.int64(), names(in), names(in), places(in));
        default ->
            throw new NotSerializableException(
                "expected a manifest of application events, but it was \"%s\"".formatted(manifest));
      };
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected \"%s\", but %d bytes cannot be read as that"
                  .formatted(manifest, bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static void names(WireOutput out, Set<String> names) {
    out.list(new TreeSet<>(names), out::string);
  }

  private static Set<String> names(WireInput in) {
    return Set.copyOf(in.list(in::string));
  }

  private static void places(WireOutput out, Map<TopicPartition, Long> places) {
    TaskStateCodec.map(out, places, each -> RecordCodec.partition(out, each), out::int64);
  }

  private static Map<TopicPartition, Long> places(WireInput in) {
    return TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int64);
  }
}
