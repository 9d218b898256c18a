package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Cancellable;
import io.castalia.streams.processing.EntryPunctuator;
import io.castalia.streams.processing.PunctuationType;
import io.castalia.streams.processing.Punctuator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The punctuations of a processor. They are due when time passes a multiple of their interval, so
 * that a task that has moved goes on where it was and nothing of them need be stored, but for the
 * place in the middle of them.
 */
final class Punctuations {
  private final List<Schedule> schedules = new ArrayList<>();

  /** One that is cancelled keeps its number. */
  private static final class Schedule implements Cancellable {
    private final long intervalMs;
    private final PunctuationType type;
    private final Punctuation punctuation;
    private boolean cancelled;

    Schedule(long intervalMs, PunctuationType type, Punctuation punctuation) {
      this.intervalMs = intervalMs;
      this.type = type;
      this.punctuation = punctuation;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    /** The first record begins event time and passes nothing. */
    boolean isDue(Unfinished move) {
      return !cancelled
          && type == typeOf(move)
          && move.from() != TaskState.NO_TIME
          && Math.floorDiv(move.to(), intervalMs) > Math.floorDiv(move.from(), intervalMs);
    }

    private static PunctuationType typeOf(Unfinished move) {
      return move.byClock() ? PunctuationType.WALL_CLOCK_TIME : PunctuationType.STREAM_TIME;
    }
  }

  /** Makes a punctuation, as far as it may; gives back from where to go on, if it is not all. */
  private interface Punctuation {
    @Nullable Bytes make(OperatorContext<?, ?> context, Bytes from);
  }

  /** The punctuation that is next, and where in it. */
  private record Place(int schedule, Bytes at) {
    static Place decode(Bytes encoded) {
      if (encoded.equals(Unfinished.BEGINNING)) {
        return new Place(0, Unfinished.BEGINNING);
      }
      ByteBuffer in = ByteBuffer.wrap(encoded.get());
      int schedule = in.getInt();
      byte[] at = new byte[in.remaining()];
      in.get(at);
      return new Place(schedule, Bytes.wrap(at));
    }

    Bytes encoded() {
      byte[] bytes = at.get();
      return Bytes.wrap(
          ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(schedule).put(bytes).array());
    }
  }

  Cancellable add(long intervalMs, PunctuationType type, Punctuator punctuator) {
    return add(new Schedule(intervalMs, type, (context, from) -> make(punctuator, context)));
  }

  private Cancellable add(Schedule schedule) {
    schedules.add(schedule);
    return schedule;
  }

  private static @Nullable Bytes make(Punctuator punctuator, OperatorContext<?, ?> context) {
    if (!context.mayTake()) {
      return Unfinished.BEGINNING;
    }
    if (!context.isSkipping()) {
      punctuator.punctuate(context.move().to());
    }
    return null;
  }

  <K, V> Cancellable addForEach(
      long intervalMs,
      PunctuationType type,
      KeyedEntries<K, V> entries,
      EntryPunctuator<? super K, ? super V> punctuator) {
    return add(
        new Schedule(
            intervalMs,
            type,
            (context, from) ->
                entries.visit(
                    Unfinished.BEGINNING,
                    from,
                    context::mayTake,
                    key -> {
                      if (!context.isSkipping()) {
                        long now = context.move().to();
                        entries.with(key, (k, value) -> punctuator.punctuate(k, value, now));
                      }
                    })));
  }

  /** Makes those that are due, as far as it may; gives back whether that was all. */
  boolean run(OperatorContext<?, ?> context) {
    Place place = Place.decode(context.position());
    for (int index = place.schedule(); index < schedules.size(); index++) {
      Schedule schedule = schedules.get(index);
      if (schedule.isDue(context.move())) {
        Bytes from = index == place.schedule() ? place.at() : Unfinished.BEGINNING;
        context.punctuated();
        Bytes next = schedule.punctuation.make(context, from);
        if (next != null) {
          context.leaveAt(new Place(index, next).encoded());
          return false;
        }
      }
    }
    context.leaveAt(new Place(schedules.size(), Unfinished.BEGINNING).encoded());
    return true;
  }
}
