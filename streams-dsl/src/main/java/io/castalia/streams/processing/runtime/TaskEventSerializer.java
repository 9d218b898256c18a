package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.RecordCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireSerializer;
import io.castalia.api.internal.WireTable;
import io.castalia.streams.processing.internal.StateChange;
import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.internal.TaskState;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** A task's events and snapshots as bytes. What the version before can read is written for it. */
final class TaskEventSerializer extends WireSerializer {
  static final int IDENTIFIER = 744_001;

  private static final WireTable TABLE = new WireTable("task events");

  static {
    addOpened();
    addAdvanced();
    addPages();
    addStates();
  }

  TaskEventSerializer() {
    super(IDENTIFIER, TABLE);
  }

  private static void addOpened() {
    TABLE
        .writes(
            Opened.class,
            opened -> opened.generation() == 0 ? "opened-1" : "opened-2",
            TaskEventSerializer::write)
        .reads("opened-1", in -> readOpened(in, () -> 0))
        .reads("opened-2", in -> readOpened(in, in::int64));
  }

  private static void addAdvanced() {
    TABLE
        .writes(
            Advanced.class,
            advanced -> advanced.progress().unfinished().isEmpty() ? "advanced-2" : "advanced-3",
            TaskEventSerializer::write)
        .reads("advanced-1", in -> readAdvanced(in, () -> StateChange.UNKNOWN))
        .reads("advanced-2", in -> readAdvanced(in, in::int32))
        .reads(
            "advanced-3",
            in -> readAdvanced(in, in::int32).unfinished(TaskStateCodec.unfinished(in)))
        .row(
            Delivered.class,
            "delivered-1",
            (out, delivered) ->
                TaskStateCodec.map(
                    out, delivered.batches(), each -> RecordCodec.partition(out, each), out::int32),
            in ->
                new Delivered(TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int32)));
  }

  private static void addPages() {
    TABLE
        .row(
            PagingBegan.class,
            "paging-began-1",
            (out, began) -> out.int32(began.deleted()),
            in -> new PagingBegan(in.int32()))
        .row(
            Paged.class,
            "paged-1",
            (out, paged) -> {
              out.string(paged.store()).int16((short) (paged.ofTimes() ? 1 : 0));
              StoreContentCodec.change(out, paged.change());
              out.int32(paged.deleted());
            },
            in ->
                new Paged(in.string(), in.int16() == 1, StoreContentCodec.change(in), in.int32()));
  }

  private static void addStates() {
    TABLE
        .writes(TaskState.class, TaskEventSerializer::manifestOf, TaskEventSerializer::write)
        .reads("state-1", TaskStateCodec::readWhole)
        .reads("state-2", TaskStateCodec::read)
        .reads("state-3", TaskStateCodec::readUnfinished)
        .reads("state-4", TaskEventSerializer::readGeneration);
  }

  private static String manifestOf(TaskState state) {
    if (state.generation() > 0) {
      return "state-4";
    }
    return state.unfinished().isEmpty() ? "state-2" : "state-3";
  }

  private static void write(WireOutput out, TaskState state) {
    if (state.generation() > 0) {
      out.int64(state.generation()).int16((short) (state.unfinished().isPresent() ? 1 : 0));
    }
    TaskStateCodec.write(out, state);
  }

  private static TaskState readGeneration(WireInput in) {
    long generation = in.int64();
    boolean unfinished = in.int16() == 1;
    TaskState state = unfinished ? TaskStateCodec.readUnfinished(in) : TaskStateCodec.read(in);
    return state.inGeneration(generation);
  }

  private static void write(WireOutput out, Opened opened) {
    TaskStateCodec.shape(out, opened.shape());
    TaskStateCodec.map(out, opened.offsets(), each -> RecordCodec.partition(out, each), out::int64);
    out.int64(opened.producerId()).int64(opened.clock());
    if (opened.generation() > 0) {
      out.int64(opened.generation());
    }
  }

  private static Opened readOpened(WireInput in, LongSupplier generation) {
    return new Opened(
        TaskStateCodec.shape(in),
        TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int64),
        in.int64(),
        in.int64(),
        generation.getAsLong());
  }

  private static void write(WireOutput out, Advanced event) {
    TaskStateCodec.map(out, event.offsets(), each -> RecordCodec.partition(out, each), out::int64);
    Advanced.Progress progress = event.progress();
    out.int64(progress.watermark()).int64(progress.clock()).int64(progress.tickets());
    out.int32(progress.records());
    out.list(
        event.changes(),
        change -> {
          out.string(change.store());
          TaskStateCodec.bytes(out, change.key());
          TaskStateCodec.bytes(out, change.value());
          out.int32(change.replaced());
        });
    out.list(event.outputs(), batch -> TaskStateCodec.batch(out, batch));
    TaskStateCodec.map(
        out, event.delivered(), each -> RecordCodec.partition(out, each), out::int32);
    TaskStateCodec.map(out, event.drops(), out::string, out::int64);
    progress.unfinished().ifPresent(move -> TaskStateCodec.unfinished(out, move));
  }

  private static Advanced readAdvanced(WireInput in, IntSupplier replaced) {
    return new Advanced(
        TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int64),
        new Advanced.Progress(in.int64(), in.int64(), in.int64(), in.int32(), Optional.empty()),
        in.list(
            () ->
                new StateChange(
                    in.string(),
                    TaskStateCodec.known(TaskStateCodec.bytes(in)),
                    TaskStateCodec.bytes(in),
                    replaced.getAsInt())),
        in.list(() -> TaskStateCodec.batch(in)),
        TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int32),
        TaskStateCodec.map(in, in::string, in::int64));
  }
}
