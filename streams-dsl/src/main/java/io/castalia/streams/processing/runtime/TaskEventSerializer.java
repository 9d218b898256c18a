package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.RecordCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.streams.processing.internal.StateChange;
import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.internal.TaskState;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * A task's events and snapshots as bytes. The manifest names type and version; a new version gets a
 * new manifest, and old ones stay readable.
 */
final class TaskEventSerializer extends SerializerWithStringManifest {
  static final int IDENTIFIER = 744_001;

  private static final String OPENED_1 = "opened-1";
  private static final String OPENED_2 = "opened-2";
  private static final String ADVANCED_1 = "advanced-1";
  private static final String DELIVERED_1 = "delivered-1";
  private static final String ADVANCED_2 = "advanced-2";
  private static final String ADVANCED_3 = "advanced-3";
  private static final String PAGING_BEGAN_1 = "paging-began-1";
  private static final String PAGED_1 = "paged-1";
  private static final String STATE_1 = "state-1";
  private static final String STATE_2 = "state-2";
  private static final String STATE_3 = "state-3";
  private static final String STATE_4 = "state-4";

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  /** What the version before can read is written so that it can. */
  @Override
  public String manifest(Object o) {
    if (o instanceof Advanced advanced) {
      return advanced.progress().unfinished().isEmpty() ? ADVANCED_2 : ADVANCED_3;
    }
    if (o instanceof Delivered) {
      return DELIVERED_1;
    }
    if (o instanceof Opened opened) {
      return opened.generation() == 0 ? OPENED_1 : OPENED_2;
    }
    if (o instanceof PagingBegan) {
      return PAGING_BEGAN_1;
    }
    if (o instanceof Paged) {
      return PAGED_1;
    }
    if (o instanceof TaskState state) {
      if (state.generation() > 0) {
        return STATE_4;
      }
      return state.unfinished().isEmpty() ? STATE_2 : STATE_3;
    }
    throw new IllegalArgumentException(
        "expected an event or state of a task, but it was " + o.getClass());
  }

  @Override
  public byte[] toBinary(Object o) {
    WireOutput out = new WireOutput();
    if (o instanceof Advanced advanced) {
      write(out, advanced);
    } else if (o instanceof Delivered delivered) {
      TaskStateCodec.map(
          out, delivered.batches(), each -> RecordCodec.partition(out, each), out::int32);
    } else if (o instanceof Opened opened) {
      TaskStateCodec.shape(out, opened.shape());
      TaskStateCodec.map(
          out, opened.offsets(), each -> RecordCodec.partition(out, each), out::int64);
      out.int64(opened.producerId()).int64(opened.clock());
      if (opened.generation() > 0) {
        out.int64(opened.generation());
      }
    } else if (o instanceof PagingBegan began) {
      out.int32(began.deleted());
    } else if (o instanceof Paged paged) {
      out.string(paged.store()).int16((short) (paged.ofTimes() ? 1 : 0));
      StoreContentCodec.change(out, paged.change());
      out.int32(paged.deleted());
    } else {
      write(out, (TaskState) o);
    }
    return out.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return read(new WireInput(bytes), manifest);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected \"%s\", but %d bytes cannot be read as that"
                  .formatted(manifest, bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static Object read(WireInput in, String manifest) throws NotSerializableException {
    return switch (manifest) {
      case OPENED_1 -> readOpened(in, () -> 0);
      case OPENED_2 -> readOpened(in, in::int64);
      case ADVANCED_1 -> readAdvanced(in, () -> StateChange.UNKNOWN);
      case ADVANCED_2 -> readAdvanced(in, in::int32);
      case ADVANCED_3 -> readAdvanced(in, in::int32).unfinished(TaskStateCodec.unfinished(in));
      case DELIVERED_1 ->
          new Delivered(TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int32));
      case PAGING_BEGAN_1 -> new PagingBegan(in.int32());
      case PAGED_1 ->
          new Paged(in.string(), in.int16() == 1, StoreContentCodec.change(in), in.int32());
      case STATE_1 -> TaskStateCodec.readWhole(in);
      case STATE_2 -> TaskStateCodec.read(in);
      case STATE_3 -> TaskStateCodec.readUnfinished(in);
      case STATE_4 -> readGeneration(in);
      default ->
          throw new NotSerializableException(
              "expected a manifest of task events, but it was \"%s\"".formatted(manifest));
    };
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
