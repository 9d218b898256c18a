package io.castalia.api.internal;

import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How values of some types become bytes and come back: for each type its manifest and how it is
 * written, for each manifest how it is read. A manifest names a type and the version of its form. A
 * new version gets a new manifest, and what an older release has persisted must stay readable.
 */
public final class WireTable {
  private record Form<T>(
      Class<T> type,
      Function<? super T, String> manifest,
      BiConsumer<WireOutput, ? super T> write) {
    String manifestOf(Object value) {
      return manifest.apply(type.cast(value));
    }

    byte[] encode(Object value) {
      WireOutput out = new WireOutput();
      write.accept(out, type.cast(value));
      return out.toByteArray();
    }
  }

  private final String content;
  private final Map<Class<?>, Form<?>> forms = new HashMap<>();
  private final Map<String, Function<WireInput, ?>> readers = new HashMap<>();

  /**
   * An empty table.
   *
   * @param content what is written, in the plural, for messages of errors
   */
  public WireTable(String content) {
    this.content = content;
  }

  /** A type that has one form. */
  public <T> WireTable row(
      Class<T> type,
      String manifest,
      BiConsumer<WireOutput, ? super T> write,
      Function<WireInput, ? extends T> read) {
    return writes(type, value -> manifest, write).reads(manifest, read);
  }

  /** A type without fields. */
  public <T> WireTable row(Class<T> type, String manifest, T only) {
    return row(type, manifest, (out, value) -> {}, in -> only);
  }

  /** A type that has several forms, of which each value is written in one. */
  public <T> WireTable writes(
      Class<T> type,
      Function<? super T, String> manifest,
      BiConsumer<WireOutput, ? super T> write) {
    forms.put(type, new Form<>(type, manifest, write));
    return this;
  }

  public WireTable reads(String manifest, Function<WireInput, ?> read) {
    readers.put(manifest, read);
    return this;
  }

  String manifest(Object value) {
    return form(value).manifestOf(value);
  }

  byte[] encode(Object value) {
    return form(value).encode(value);
  }

  Object decode(byte[] bytes, String manifest) throws NotSerializableException {
    Function<WireInput, ?> read = readers.get(manifest);
    if (read == null) {
      throw new NotSerializableException(
          "expected a manifest of %s, but it was \"%s\"".formatted(content, manifest));
    }
    try {
      return read.apply(new WireInput(bytes));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected \"%s\", but %d bytes cannot be read as that%s"
                  .formatted(
                      manifest,
                      bytes.length,
                      e instanceof BufferUnderflowException ? "" : ": " + e.getMessage()));
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private Form<?> form(Object value) {
    Form<?> form = forms.get(value.getClass());
    if (form == null) {
      throw new IllegalArgumentException(
          "expected one of the %s, but it was %s".formatted(content, value.getClass()));
    }
    return form;
  }
}
