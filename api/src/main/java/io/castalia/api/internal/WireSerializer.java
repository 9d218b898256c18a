package io.castalia.api.internal;

import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Serializes, for Pekko, what a {@link WireTable} has rows for. */
public abstract class WireSerializer extends SerializerWithStringManifest {
  private final int identifier;
  private final WireTable table;

  /**
   * A serializer.
   *
   * @param identifier which no other serializer of the system has
   */
  protected WireSerializer(int identifier, WireTable table) {
    this.identifier = identifier;
    this.table = table;
  }

  @Override
  public final int identifier() {
    return identifier;
  }

  @Override
  public final String manifest(Object value) {
    return table.manifest(value);
  }

  @Override
  public final byte[] toBinary(Object value) {
    return table.encode(value);
  }

  @Override
  public final Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return table.decode(bytes, manifest);
  }
}
