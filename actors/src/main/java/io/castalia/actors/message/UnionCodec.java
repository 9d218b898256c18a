package io.castalia.actors.message;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Writes the variants of a sealed type as a kind, one byte, and their fields.
 *
 * @param <B> the sealed type
 */
public final class UnionCodec<B> {
  private final Map<Class<? extends B>, Integer> kinds = new HashMap<>();
  private final Map<Class<?>, BiConsumer<WireOutput, B>> writers = new HashMap<>();
  private final Map<Integer, Function<WireInput, ? extends B>> readers = new HashMap<>();

  public <S extends B> UnionCodec<B> on(
      int kind, Class<S> type, BiConsumer<WireOutput, S> write, Function<WireInput, S> read) {
    kinds.put(type, kind);
    writers.put(type, (out, value) -> write.accept(out, type.cast(value)));
    readers.put(kind, read);
    return this;
  }

  /**
   * Has a kind that is written no more refused, with a reason that whoever finds it can act on.
   *
   * @param why what it is, and what to do about it
   */
  public UnionCodec<B> retired(int kind, String why) {
    readers.put(
        kind,
        in -> {
          throw new IllegalStateException(why);
        });
    return this;
  }

  public Set<Class<?>> variants() {
    return Set.copyOf(kinds.keySet());
  }

  /**
   * A table of all variants.
   *
   * @param content what they are, in the plural
   * @param manifest of every variant; names the version of the format
   */
  public WireTable table(String content, String manifest) {
    WireTable table = new WireTable(content).reads(manifest, this::read);
    kinds.keySet().forEach(type -> table.writes(type, value -> manifest, this::write));
    return table;
  }

  public void write(WireOutput out, B value) {
    Integer kind = kinds.get(value.getClass());
    BiConsumer<WireOutput, B> writer = writers.get(value.getClass());
    if (kind == null || writer == null) {
      throw new IllegalArgumentException(
          "expected one of " + kinds.keySet() + ", but was " + value.getClass());
    }
    out.int8(kind);
    writer.accept(out, value);
  }

  public B read(WireInput in) {
    int kind = in.int8();
    Function<WireInput, ? extends B> reader = readers.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException(
          "expected a kind of " + readers.keySet() + ", but it was " + kind);
    }
    return reader.apply(in);
  }
}
