package io.castalia.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.pekko.serialization.JSerializer;
import org.apache.pekko.util.ByteString;

/** Writes all of a {@link TestEntry} but its bulk, as serializers of entries do. */
public final class TestEntrySerializer extends JSerializer {
  @Override
  public int identifier() {
    return 77_001;
  }

  @Override
  public boolean includeManifest() {
    return false;
  }

  @Override
  public byte[] toBinary(Object object) {
    TestEntry entry = (TestEntry) object;
    return (entry.firstPosition() + " " + entry.lastPosition()).getBytes(UTF_8);
  }

  @Override
  public Object fromBinaryJava(byte[] bytes, Class<?> manifest) {
    String[] positions = new String(bytes, UTF_8).split(" ", 2);
    return new TestEntry(
        Long.parseLong(positions[0]), Long.parseLong(positions[1]), ByteString.emptyByteString());
  }
}
