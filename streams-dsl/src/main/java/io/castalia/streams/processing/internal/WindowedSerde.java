package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.Windowed;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A key in a window: the key, then the window's two times as {@link Form} orders them. */
public record WindowedSerde<K>(Serde<K> keys, Form form) implements Serde<Windowed<K>> {

  /** How the window's times are written, as Kafka Streams does. */
  public interface Form {
    void write(Window window, ByteBuffer out);

    Window read(ByteBuffer in);

    int bytes();
  }

  /** The start only; the length is known. */
  public record StartOnly(long sizeMs) implements Form {
    @Override
    public void write(Window window, ByteBuffer out) {
      out.putLong(window.start());
    }

    @Override
    public Window read(ByteBuffer in) {
      long start = in.getLong();
      return new Window(start, start + sizeMs);
    }

    @Override
    public int bytes() {
      return Long.BYTES;
    }
  }

  /** The end and the start. */
  public record EndAndStart() implements Form {
    @Override
    public void write(Window window, ByteBuffer out) {
      out.putLong(window.end()).putLong(window.start());
    }

    @Override
    public Window read(ByteBuffer in) {
      long end = in.getLong();
      return new Window(in.getLong(), end);
    }

    @Override
    public int bytes() {
      return 2 * Long.BYTES;
    }
  }

  /**
   * What of a key's bytes decides its partition: all of them, or of a key in a window those of the
   * key, so that all its windows are together, where Kafka Streams has them, too.
   */
  public static ByteString partitionKey(Serde<?> keys, ByteString key) {
    return keys instanceof WindowedSerde<?> windowed ? key.dropRight(windowed.form().bytes()) : key;
  }

  @Override
  public Serializer<Windowed<K>> serializer() {
    return this::serialize;
  }

  @Override
  public Deserializer<Windowed<K>> deserializer() {
    return this::deserialize;
  }

  private byte @Nullable [] serialize(String topic, @Nullable Windowed<K> windowed) {
    if (windowed == null) {
      return null;
    }
    byte[] key = keys.serializer().serialize(topic, windowed.key());
    ByteBuffer out = ByteBuffer.allocate(key.length + form.bytes()).put(key);
    form.write(windowed.window(), out);
    return out.array();
  }

  private @Nullable Windowed<K> deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] key = new byte[bytes.length - form.bytes()];
    in.get(key);
    return new Windowed<>(keys.deserializer().deserialize(topic, key), form.read(in));
  }
}
