package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.RecordCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.streams.processing.internal.Outbox;
import io.castalia.streams.processing.internal.OutputBatch;
import io.castalia.streams.processing.internal.Paging;
import io.castalia.streams.processing.internal.StoreContent;
import io.castalia.streams.processing.internal.TaskShape;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.internal.Unfinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A task's state, and the parts that its events have in common with it, as bytes and back. */
final class TaskStateCodec {
  private TaskStateCodec() {}

  static void write(WireOutput out, TaskState state) {
    shape(out, state.shape());
    out.int64(state.producerId());
    map(out, state.offsets(), partition -> RecordCodec.partition(out, partition), out::int64);
    out.int64(state.watermark()).int64(state.clock()).int64(state.tickets());
    out.int64(state.records());
    map(out, state.stores(), out::string, content -> StoreContentCodec.write(out, content));
    map(
        out,
        state.outbox().sequences(),
        partition -> RecordCodec.partition(out, partition),
        out::int32);
    List<OutputBatch> waiting = new ArrayList<>();
    state.outbox().waiting().values().forEach(waiting::addAll);
    out.list(waiting, batch -> batch(out, batch));
    map(out, state.drops(), out::string, out::int64);
    out.int64(state.sinceSnapshot());
    out.int64(state.paging().nextPage());
    out.list(state.paging().superseded(), out::int64);
    state.unfinished().ifPresent(move -> unfinished(out, move));
  }

  /** A state in which no move of time is in the middle. */
  static TaskState read(WireInput in) {
    return read(in, StoreContentCodec::read, TaskStateCodec::paging, source -> Optional.empty());
  }

  /** A state in which one is. */
  static TaskState readUnfinished(WireInput in) {
    return read(
        in,
        StoreContentCodec::read,
        TaskStateCodec::paging,
        source -> Optional.of(unfinished(source)));
  }

  /** As it was written when all of it was in memory. */
  static TaskState readWhole(WireInput in) {
    return read(
        in, StoreContentCodec::readWhole, source -> Paging.NONE, source -> Optional.empty());
  }

  private static Paging paging(WireInput in) {
    return new Paging(in.int64(), in.list(in::int64));
  }

  private static TaskState read(
      WireInput in,
      Function<WireInput, StoreContent> content,
      Function<WireInput, Paging> paging,
      Function<WireInput, Optional<Unfinished>> unfinished) {
    return new TaskState(
        shape(in),
        in.int64(),
        map(in, () -> RecordCodec.partition(in), in::int64),
        in.int64(),
        in.int64(),
        in.int64(),
        in.int64(),
        map(in, in::string, () -> content.apply(in)),
        outbox(in),
        map(in, in::string, in::int64),
        in.int64(),
        paging.apply(in),
        unfinished.apply(in),
        0);
  }

  static void unfinished(WireOutput out, Unfinished move) {
    out.int16((short) (move.byClock() ? 1 : 0)).int64(move.from()).int64(move.to());
    out.string(move.step());
    bytes(out, move.at());
  }

  static Unfinished unfinished(WireInput in) {
    return new Unfinished(in.int16() == 1, in.int64(), in.int64(), in.string(), known(bytes(in)));
  }

  private static Outbox outbox(WireInput in) {
    Map<TopicPartition, Integer> sequences = map(in, () -> RecordCodec.partition(in), in::int32);
    Map<TopicPartition, List<OutputBatch>> waiting = new HashMap<>();
    for (OutputBatch batch : in.list(() -> batch(in))) {
      waiting.computeIfAbsent(batch.partition(), partition -> new ArrayList<>()).add(batch);
    }
    waiting.replaceAll((partition, batches) -> List.copyOf(batches));
    return new Outbox(sequences, waiting);
  }

  static void shape(WireOutput out, TaskShape shape) {
    map(out, new TreeMap<>(shape.inputs()), out::string, out::int32);
    out.map(new TreeMap<>(shape.stores()));
  }

  static TaskShape shape(WireInput in) {
    return new TaskShape(map(in, in::string, in::int32), in.map());
  }

  static void batch(WireOutput out, OutputBatch batch) {
    RecordCodec.partition(out, batch.partition());
    out.int32(batch.sequence());
    out.list(batch.records(), record -> RecordCodec.outbound(out, record));
  }

  static OutputBatch batch(WireInput in) {
    return new OutputBatch(
        RecordCodec.partition(in), in.int32(), in.list(() -> RecordCodec.outbound(in)));
  }

  static void bytes(WireOutput out, @Nullable Bytes bytes) {
    out.bytes(bytes == null ? null : ByteString.fromArrayUnsafe(bytes.get()));
  }

  static @Nullable Bytes bytes(WireInput in) {
    ByteString bytes = in.bytes();
    return bytes == null ? null : Bytes.wrap(bytes.toArray());
  }

  static Bytes known(@Nullable Bytes bytes) {
    if (bytes == null) {
      throw new IllegalArgumentException("expected the bytes of a key, but they were null");
    }
    return bytes;
  }

  static <K, V> void map(
      WireOutput out, Map<K, V> map, Consumer<? super K> key, Consumer<? super V> value) {
    out.list(
        map.entrySet(),
        entry -> {
          key.accept(entry.getKey());
          value.accept(entry.getValue());
        });
  }

  static <K, V> Map<K, V> map(WireInput in, Supplier<K> key, Supplier<V> value) {
    Map<K, V> map = new HashMap<>();
    in.list(() -> Map.entry(key.get(), value.get()))
        .forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }
}
