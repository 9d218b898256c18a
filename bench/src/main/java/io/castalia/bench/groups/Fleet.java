package io.castalia.bench.groups;

import io.castalia.bench.groups.GroupMember.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All members of all groups of a shape, and what they do together. Belongs to one thread. */
final class Fleet implements AutoCloseable {
  /** Kafka's clients' default: heartbeat.interval.ms. */
  static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(3);

  /** What all groups read. */
  static final String TOPIC = "groups-work";

  static final int PARTITIONS = 100;

  /** More connections at once would overflow the queue of a listening socket. */
  private static final int CONNECTING_AT_ONCE = 32;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long SEED = 20_260_101;

  private final WireLoop loop = new WireLoop();
  private final List<GroupMember> members = new ArrayList<>();
  private int nextPulse;
  private int pulses;

  /**
   * Members that are not connected yet.
   *
   * @param prefix of the group ids
   * @param protocol makes a member
   */
  Fleet(
      String bootstrap,
      String prefix,
      GroupShape shape,
      BiFunction<WireLoop, GroupPlan, GroupMember> protocol) {
    for (int group = 0; group < shape.groups(); group++) {
      GroupPlan plan = new GroupPlan(bootstrap, prefix + "-" + group, TOPIC, PARTITIONS);
      for (int member = 0; member < shape.members(); member++) {
        members.add(protocol.apply(loop, plan));
      }
    }
    // Members of one group do not speak one after the other.
    Collections.shuffle(members, new Random(SEED));
  }

  List<GroupMember> members() {
    return members;
  }

  WireLoop loop() {
    return loop;
  }

  /** Connects all members. */
  void connect() {
    int next = 0;
    for (GroupMember member : members) {
      int begun = ++next;
      member.connect();
      await("connections", () -> connecting(begun) < CONNECTING_AT_ONCE);
    }
    awaitAll("be connected", member -> member.phase() == Phase.CONNECTED);
  }

  private long connecting(int begun) {
    return members.subList(Math.max(0, begun - CONNECTING_AT_ONCE), begun).stream()
        .filter(member -> member.phase() == Phase.CONNECTING)
        .count();
  }

  /** Lets all members into their groups at once; tells how long that took. */
  Duration enter() {
    long start = System.nanoTime();
    members.forEach(GroupMember::enter);
    startPulse();
    awaitAll("be in their groups", GroupMember::isStable);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    stopPulse();
    return taken;
  }

  /** Waits until all members are in their groups, whatever has happened. */
  void settle() {
    startPulse();
    awaitAll("be in their groups", GroupMember::isStable);
    stopPulse();
  }

  /** Members send heartbeats at the usual interval, from now on. */
  void startPulse() {
    pulses++;
    pulse(pulses, System.nanoTime());
  }

  void stopPulse() {
    pulses++;
  }

  private void pulse(int number, long now) {
    if (number != pulses) {
      return;
    }
    GroupMember member = members.get(nextPulse++ % members.size());
    if (member.isStable()) {
      member.heartbeat(error -> {});
    }
    long next = now + HEARTBEAT_INTERVAL.toNanos() / members.size();
    loop.at(next, () -> pulse(number, next));
  }

  /** How often members have got an assignment, all together. */
  int joins() {
    return members.stream().mapToInt(GroupMember::joins).sum();
  }

  /** Closes all connections; members do not forget what they were. */
  void disconnect() {
    members.forEach(GroupMember::disconnect);
  }

  /** Takes all members out of their groups. */
  void leave() {
    members.forEach(GroupMember::leave);
    awaitAll("have left", member -> member.phase() == Phase.AWAY);
  }

  private void awaitAll(String what, Predicate<GroupMember> condition) {
    List<GroupMember> missing = new ArrayList<>(members);
    await(
        "all members to " + what,
        () -> {
          missing.removeIf(condition);
          // One that was there may have been sent away again.
          return missing.isEmpty() && members.stream().allMatch(condition);
        });
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "expected %s within %s, but they are %s".formatted(what, PATIENCE, phases()));
      }
      loop.turn(System.nanoTime() + TURN_NANOS);
    }
  }

  private Map<Phase, Long> phases() {
    return members.stream()
        .collect(Collectors.groupingBy(GroupMember::phase, Collectors.counting()));
  }

  @Override
  public void close() {
    loop.close();
  }
}
