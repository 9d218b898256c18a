package io.castalia.actors.message;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What to do with each variant of a sealed type. A test compares {@link #variants()} with the
 * permitted subclasses, so that none is forgotten.
 *
 * @param <C> what a handler gets beside the variant
 * @param <B> the sealed type
 * @param <R> what a handler gives
 */
public final class VariantTable<C, B, R> {
  private final Map<Class<?>, BiFunction<C, B, R>> handlers = new HashMap<>();

  public <S extends B> VariantTable<C, B, R> on(Class<S> type, BiFunction<C, S, R> handler) {
    handlers.put(type, (context, variant) -> handler.apply(context, type.cast(variant)));
    return this;
  }

  public R apply(C context, B variant) {
    BiFunction<C, B, R> handler = handlers.get(variant.getClass());
    if (handler == null) {
      throw new IllegalStateException(
          "expected one of " + handlers.keySet() + ", but was " + variant.getClass());
    }
    return handler.apply(context, variant);
  }

  public Set<Class<?>> variants() {
    return Set.copyOf(handlers.keySet());
  }
}
