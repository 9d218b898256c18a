package io.castalia.actors.group;

import io.castalia.testkit.simulation.Network;
import io.castalia.testkit.simulation.Place;
import io.castalia.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Members of a group that come, go, freeze and die over a bad network, while their coordinator
 * freezes and dies and topics grow. In the end they are left alone, and must come to share all.
 */
final class GroupSimulation {
  static final Duration SESSION = Duration.ofMillis(1_500);

  private static final Duration TIME = Duration.ofSeconds(7);

  /** How long it may take until all is shared, sessions and freezes included. */
  private static final Duration PEACE = Duration.ofSeconds(30);

  private static final Uuid A = new Uuid(0, 1);
  private static final Uuid B = new Uuid(0, 2);
  private static final int MOST_MEMBERS = 5;

  private final GroupMutant mutant;
  private final Simulation simulation;
  private final Network network;
  private final FakeTopics topics = new FakeTopics();
  private final GroupLedger ledger = new GroupLedger();
  private final List<SimulatedMember> members = new ArrayList<>();
  private final Place disturber;
  private final SimulatedCoordinator coordinator;
  private int names;
  private int ids;
  private int partitionsOfA = 3;

  private GroupSimulation(long seed, GroupMutant mutant) {
    this.mutant = mutant;
    this.simulation = new Simulation(seed);
    this.network = new Network(simulation);
    topics.create("a", A, partitionsOfA);
    topics.create("b", B, 2);
    this.disturber = simulation.place("disturber");
    this.coordinator = new SimulatedCoordinator(this, simulation.place("coordinator"));
  }

  /**
   * How a run ended.
   *
   * @param commits how many commits were acknowledged
   * @param violations what is wrong; the run ends with the first
   */
  record Outcome(long commits, List<String> violations) {}

  static Outcome run(long seed, GroupMutant mutant) {
    return new GroupSimulation(seed, mutant).run();
  }

  GroupMutant mutant() {
    return mutant;
  }

  Simulation simulation() {
    return simulation;
  }

  Network network() {
    return network;
  }

  GroupLedger ledger() {
    return ledger;
  }

  SimulatedCoordinator coordinator() {
    return coordinator;
  }

  long millis() {
    return 1_000 + simulation.now() / 1_000_000;
  }

  GroupRules rules() {
    Duration session = mutant == GroupMutant.SESSIONS_TOO_SHORT ? SESSION.dividedBy(4) : SESSION;
    return new GroupRules(
        SESSION,
        Duration.ofMinutes(30),
        Duration.ZERO,
        Integer.MAX_VALUE,
        4096,
        Duration.ofDays(7),
        new ConsumerRules(
            session,
            Duration.ofMillis(200),
            Integer.MAX_VALUE,
            MigrationPolicy.BIDIRECTIONAL,
            List.of("uniform", "range")));
  }

  GroupWorld world() {
    return new GroupWorld(
        rules(), millis(), new GroupTopics(topics, new TopicPatterns()), () -> "id" + ++ids);
  }

  String nameOf(Uuid topic) {
    return topic.equals(A) ? "a" : "b";
  }

  /** To be called whenever a member has got something: nothing else makes two owners of one. */
  void checkOwners() {
    ledger.owned(members);
  }

  private Outcome run() {
    join();
    join();
    disturb();
    runUntil(() -> false, TIME);
    network.heal();
    disturber.kill();
    runUntil(this::isAllShared, PEACE);
    if (ledger.violations().isEmpty()) {
      ledger.ended(isAllShared());
    }
    return new Outcome(ledger.commits(), ledger.violations());
  }

  private void runUntil(BooleanSupplier done, Duration longest) {
    long end = simulation.now() + longest.toNanos();
    while (!done.getAsBoolean() && simulation.now() < end && ledger.violations().isEmpty()) {
      simulation.run(Duration.ofMillis(5));
      members.removeIf(member -> member.place().isDead());
    }
  }

  private void join() {
    members.add(new SimulatedMember(this, simulation.place("m" + ++names)));
  }

  private void disturb() {
    int dice = simulation.random().nextInt(12);
    SimulatedMember member =
        members.isEmpty() ? null : members.get(simulation.random().nextInt(members.size()));
    if (dice < 3 && members.size() < MOST_MEMBERS) {
      join();
    } else if (dice < 4 && partitionsOfA < 6) {
      topics.grow("a", ++partitionsOfA);
    } else if (dice < 6) {
      coordinator.crash();
    } else if (dice < 7) {
      coordinator.place().freeze(simulation.upTo(Duration.ofMillis(800)));
    } else if (member != null && dice < 9) {
      member.place().freeze(simulation.upTo(SESSION.multipliedBy(2)));
    } else if (member != null && dice < 10) {
      member.leave();
    } else if (member != null && dice < 11) {
      member.place().kill();
    }
    disturber.after(simulation.upTo(Duration.ofMillis(700)), this::disturb);
  }

  private boolean isAllShared() {
    Set<TopicPartition> shared = new HashSet<>();
    members.forEach(member -> shared.addAll(member.ownedForCertain()));
    return members.isEmpty() || shared.equals(all());
  }

  private Set<TopicPartition> all() {
    Set<TopicPartition> all = new HashSet<>();
    for (int number = 0; number < partitionsOfA; number++) {
      all.add(new TopicPartition("a", number));
    }
    all.add(new TopicPartition("b", 0));
    all.add(new TopicPartition("b", 1));
    return all;
  }
}
