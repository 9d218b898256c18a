package io.castalia.actors.group;

import io.castalia.actors.group.GroupEvent.OffsetsCommitted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What is measured of the groups that a node coordinates, of all together. Thread-safe. */
final class GroupMeters {
  private final LongAdder loaded = new LongAdder();
  private final LongAdder members = new LongAdder();
  private final Counter rebalances;
  private final Counter committedOffsets;

  GroupMeters(MeterRegistry registry) {
    Gauge.builder("castalia.groups.loaded", loaded::sum)
        .description("Groups that this node has in memory as their coordinator")
        .register(registry);
    Gauge.builder("castalia.groups.members", members::sum)
        .description("Members of those groups")
        .register(registry);
    this.rebalances =
        Counter.builder("castalia.groups.rebalances")
            .description("How often a group began to share its partitions anew")
            .register(registry);
    this.committedOffsets =
        Counter.builder("castalia.groups.committed.offsets")
            .description("Offsets of partitions that were committed, as far as they were written")
            .register(registry);
  }

  /** Of groups that nobody measures. */
  static GroupMeters none() {
    return new GroupMeters(new CompositeMeterRegistry());
  }

  /** What one coordinator adds to the whole while it is there. Not thread-safe. */
  final class Group {
    private int shownMembers;

    private Group() {
      loaded.increment();
    }

    /** What was decided is durable, and holds. */
    void decided(GroupDecision decision) {
      show(decision.state().members());
      for (Transition each : decision.transitions()) {
        if (each.beginsRebalance()) {
          rebalances.increment();
        }
      }
      for (GroupEvent each : decision.events()) {
        if (each instanceof OffsetsCommitted committed) {
          committedOffsets.increment(committed.offsets().size());
        }
      }
    }

    void show(int count) {
      members.add(count - shownMembers);
      shownMembers = count;
    }

    /** The coordinator ends. */
    void left() {
      show(0);
      loaded.decrement();
    }
  }

  /** A coordinator begins. */
  Group joined() {
    return new Group();
  }
}
