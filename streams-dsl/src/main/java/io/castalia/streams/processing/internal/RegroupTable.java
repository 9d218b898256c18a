package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.StreamRecord;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Turns the change of a row into what is taken from its old group and added to its new one. */
public record RegroupTable<K, V, KR, VR>(BiFunction<? super K, ? super V, KeyValue<KR, VR>> mapper)
    implements Operator<K, Change<V>, KR, Change<VR>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<KR, Change<VR>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (key == null || change == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    KeyValue<KR, VR> before = map(key, change.before());
    KeyValue<KR, VR> after = map(key, change.after());
    if (before != null && after != null && Objects.equals(before.key(), after.key())) {
      forward(record, after.key(), new Change<>(before.value(), after.value()), context);
      return;
    }
    if (before != null) {
      forward(record, before.key(), new Change<>(before.value(), null), context);
    }
    if (after != null) {
      forward(record, after.key(), new Change<>(null, after.value()), context);
    }
  }

  private @Nullable KeyValue<KR, VR> map(K key, @Nullable V value) {
    return value == null ? null : mapper.apply(key, value);
  }

  private static <A, B, KR, VR> void forward(
      StreamRecord<A, B> record,
      @Nullable KR key,
      Change<VR> change,
      OperatorContext<KR, Change<VR>> context) {
    if (key == null) {
      context.drop("null key");
    } else {
      context.forward(record.<KR>withKey(key).withValue(change));
    }
  }
}
