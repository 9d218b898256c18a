package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.SourceBatch.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes of a source whose number of tasks changes again and again while they read, by any
 * order of their steps, with crashes between them, and while topics refuse what was read of some
 * pieces: ledgers and places as they are, everything around them as a model.
 */
class ReassignedTasksTest {
  private static final int PIECES = 5;
  private static final int RECORDS = 400;
  private static final int MOST_TASKS = 3;
  private static final int STEPS = 3_000;
  private static final ActorRef<StatusReply<LedgerReply>> NOBODY =
      TestInbox.<StatusReply<LedgerReply>>create().getRef();

  private final List<LedgerState> ledgers = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final Map<Long, Integer> nextSequences = new HashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final Deque<Runnable> late = new ArrayDeque<>();
  private final Set<String> refused = new HashSet<>();
  private long generation;

  ReassignedTasksTest() {
    for (int task = 0; task < MOST_TASKS; task++) {
      ledgers.add(LedgerState.EMPTY.after(new LedgerEvent.Identified(task)));
    }
  }

  /** A task of one generation: asks all ledgers, then reads. */
  private final class Run {
    private final int task;
    private final int tasks;
    private final long of;
    private final Deque<Integer> toEnter = new ArrayDeque<>();
    private final Deque<Integer> toAsk = new ArrayDeque<>();
    private final Map<String, Integer> next = new HashMap<>();
    private ReadSoFar found = ReadSoFar.NOTHING;
    private boolean over;

    Run(int task, int tasks, long of, Random random) {
      this.task = task;
      this.tasks = tasks;
      this.of = of;
      begin(random);
    }

    private void begin(Random random) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, MOST_TASKS).boxed().toList());
      Collections.shuffle(order, random);
      toEnter.clear();
      toEnter.addAll(order);
      toAsk.clear();
      next.clear();
      found = ReadSoFar.NOTHING;
    }

    void step(Random random) {
      if (!toEnter.isEmpty() && (toAsk.isEmpty() || random.nextBoolean())) {
        enter(toEnter.remove());
      } else if (!toAsk.isEmpty()) {
        ask(toAsk.remove(), random);
      } else {
        read(random);
      }
    }

    private void enter(int ledger) {
      if (ledgers.get(ledger).isClosedTo(new LedgerCommand.HandOver(of, NOBODY))) {
        over = true;
        return;
      }
      if (ledgers.get(ledger).generation() < of) {
        ledgers.set(ledger, ledgers.get(ledger).after(new LedgerEvent.Entered(of)));
      }
      toAsk.add(ledger);
    }

    private void ask(int ledger, Random random) {
      boolean published = publish(ledger);
      if (ledger == task && !published) {
        begin(random);
        return;
      }
      LedgerState state = ledgers.get(ledger);
      found = found.and(new ReadSoFar(state.places(), published ? Map.of() : held(state)));
      found.places().forEach((piece, place) -> next.put(piece, Integer.valueOf(place.at())));
    }

    private void read(Random random) {
      int piece = task + tasks * random.nextInt(PIECES);
      if (!publish(task)) {
        return;
      }
      if (IntStream.range(0, PIECES)
          .filter(each -> each % tasks == task)
          .anyMatch(each -> found.held().containsKey("piece-" + each))) {
        begin(random);
        return;
      }
      int from = next.getOrDefault("piece-" + piece, 0);
      int to = Math.min(RECORDS, from + 1 + random.nextInt(3));
      if (piece >= PIECES || from == to) {
        return;
      }
      SourceBatch batch = batch(piece, from, to);
      if (ledgers.get(task).isClosedTo(new LedgerCommand.Send(of, batch, NOBODY))) {
        over = true;
        return;
      }
      ledgers.set(task, ledgers.get(task).after(new LedgerEvent.Sending(batch)));
      next.put("piece-" + piece, to);
      if (random.nextInt(4) == 0) {
        LedgerState sending = ledgers.get(task);
        late.add(() -> append(sending));
      }
    }
  }

  private static SourceBatch batch(int piece, int from, int to) {
    List<OutboundRecord> records =
        IntStream.range(from, to)
            .mapToObj(i -> ByteString.fromString("piece-" + piece + " " + i))
            .map(value -> new OutboundRecord(null, value, 1, List.of()))
            .toList();
    return new SourceBatch(
        List.of(new Part("lines", 0, records)), Map.of("piece-" + piece, String.valueOf(to)));
  }

  private static Map<String, String> held(LedgerState state) {
    return state.unsettled().orElseThrow().positions().keySet().stream()
        .collect(Collectors.toMap(piece -> piece, piece -> "refused"));
  }

  private boolean publish(int ledger) {
    return append(ledgers.get(ledger));
  }

  /** As a partition does: what it has from that producer already it passes over. */
  private boolean append(LedgerState state) {
    Optional<SourceBatch> unsettled = state.unsettled();
    if (unsettled.isPresent()
        && !Collections.disjoint(unsettled.get().positions().keySet(), refused)) {
      return false;
    }
    unsettled.ifPresent(
        batch -> {
          Part part = batch.parts().get(0);
          int expected = nextSequences.getOrDefault(state.producerId(), 0);
          assertThat(state.sequence(part)).as("no gap").isLessThanOrEqualTo(expected);
          if (state.sequence(part) == expected) {
            part.records().forEach(record -> log.add(text(record)));
            nextSequences.put(state.producerId(), expected + part.records().size());
          }
        });
    return true;
  }

  private static String text(OutboundRecord record) {
    ByteString value = record.value();
    return value == null ? "" : value.utf8String();
  }

  private void reassign(int tasks, Random random) {
    generation++;
    IntStream.range(0, tasks).forEach(task -> runs.add(new Run(task, tasks, generation, random)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldPublishEachRecordOnceAndInOrder(long seed) {
    Random random = new Random(seed);
    reassign(1, random);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(60)) {
        case 0 -> reassign(1 + random.nextInt(MOST_TASKS), random);
        case 1 -> crash(random);
        case 4 -> refuse("piece-" + random.nextInt(PIECES));
        case 2, 3 -> {
          if (!late.isEmpty()) {
            late.remove().run();
          }
        }
        default -> {
          if (!runs.isEmpty()) {
            runs.get(random.nextInt(runs.size())).step(random);
          }
        }
      }
      runs.removeIf(run -> run.over);
    }
    finish(random);

    for (int piece = 0; piece < PIECES; piece++) {
      String name = "piece-" + piece;
      assertThat(log.stream().filter(each -> each.startsWith(name + " ")))
          .as(name + ", seed " + seed)
          .isEqualTo(IntStream.range(0, RECORDS).mapToObj(i -> name + " " + i).toList());
    }
  }

  /** What a run had in mind is gone, and it begins anew; what its ledger has written is there. */
  private void crash(Random random) {
    if (!runs.isEmpty()) {
      Run dead = runs.remove(random.nextInt(runs.size()));
      runs.add(new Run(dead.task, dead.tasks, dead.of, random));
    }
  }

  /** What was read of a piece, by its topic, until it is called again. */
  private void refuse(String piece) {
    if (!refused.remove(piece)) {
      refused.add(piece);
    }
  }

  private void finish(Random random) {
    refused.clear();
    reassign(2, random);
    List<Run> last = runs.stream().filter(run -> run.of == generation).toList();
    IntStream.range(0, STEPS).forEach(i -> last.forEach(run -> run.step(random)));
    late.forEach(Runnable::run);
  }
}
