package io.castalia.persistence.journal;

import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogManifest;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A network of nodes and replicas on one thread, whose every delay, loss and freeze comes from a
 * seed.
 */
final class Simulation {
  private static final double MEAN_DELAY_MS = 4;

  private final Random random;
  private final double loss;
  private final double stall;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::number));
  private final List<SimulatedReplica> replicas =
      Stream.generate(SimulatedReplica::new).limit(3).toList();
  private final InMemoryLogStore manifests = InMemoryLogStore.create();
  private final Map<String, Optional<LogManifest>> manifestsBefore = new HashMap<>();
  private final Map<String, Long> frozenUntil = new HashMap<>();
  private final Set<String> nodes = new HashSet<>();
  private final Set<String> dead = new HashSet<>();
  private boolean healed;
  private long now;
  private long scheduled;

  Simulation(long seed) {
    this.random = new Random(seed);
    this.loss = List.of(0.0, 0.02, 0.1).get(random.nextInt(3));
    this.stall = List.of(0.01, 0.05, 0.2).get(random.nextInt(3));
  }

  List<SimulatedReplica> replicas() {
    return replicas;
  }

  InMemoryLogStore manifests() {
    return manifests;
  }

  /** The manifest as it was before its last change. */
  Optional<LogManifest> manifestBefore(String log) {
    return manifestsBefore.getOrDefault(log, Optional.empty());
  }

  void changed(String log, Optional<LogManifest> before, boolean applied) {
    if (applied) {
      manifestsBefore.put(log, before);
    }
  }

  Random random() {
    return random;
  }

  UUID freshId() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** A request on its way to a replica. */
  void send(Runnable arrival) {
    if (!isLost()) {
      schedule("", delay(), arrival);
    }
  }

  /** An answer on its way to a node. */
  void reply(String node, Runnable arrival) {
    if (!isLost()) {
      schedule(node, delay(), arrival);
    }
  }

  /** Something that a node does later. */
  void at(String node, Duration later, Runnable action) {
    schedule(node, later.toNanos(), action);
  }

  /** The node does nothing for a while, and hears then what came in the meantime. */
  void freeze(String node, Duration time) {
    frozenUntil.put(node, now + time.toNanos());
  }

  /** From now on nothing is lost or late, and the nodes that were there are dead. */
  void heal() {
    healed = true;
    dead.addAll(nodes);
  }

  Delays delaysOf(String node) {
    nodes.add(node);
    return new Delays() {
      @Override
      public long nanoTime() {
        return now;
      }

      @Override
      public void after(Duration delay, Runnable task) {
        at(node, delay, task);
      }
    };
  }

  void run(Duration time) {
    long end = now + time.toNanos();
    Task next = tasks.peek();
    while (next != null && next.time() <= end) {
      tasks.remove(next);
      now = next.time();
      long thaw = frozenUntil.getOrDefault(next.node(), 0L);
      if (thaw > now) {
        schedule(next.node(), thaw - now, next.action());
      } else if (!dead.contains(next.node())) {
        next.action().run();
      }
      next = tasks.peek();
    }
    now = end;
  }

  private boolean isLost() {
    return !healed && random.nextDouble() < loss;
  }

  private long delay() {
    double mean = !healed && random.nextDouble() < stall ? 80 * MEAN_DELAY_MS : MEAN_DELAY_MS;
    return (long) (-Math.log(1 - random.nextDouble()) * mean * 1_000_000);
  }

  private void schedule(String node, long later, Runnable action) {
    tasks.add(new Task(now + later, scheduled++, node, action));
  }

  private record Task(long time, long number, String node, Runnable action) {}
}
