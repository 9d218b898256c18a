package io.castalia.actors.group;

import io.castalia.testkit.simulation.Network;
import io.castalia.testkit.simulation.Outcome;
import io.castalia.testkit.simulation.Place;
import io.castalia.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Members of a group that come, go, freeze and die over a bad network, while their coordinator
 * freezes and dies and topics change. They use the one protocol, or the other, or both. In the end
 * they are left alone, and must come to share all, and keep it.
 */
final class GroupSimulation {
  static final Duration SESSION = Duration.ofMillis(1_500);
  static final Duration SHORT_SESSION = SESSION.dividedBy(4);

  private static final Duration TIME = Duration.ofSeconds(7);

  /** How long it may take until all is shared, sessions and freezes included. */
  private static final Duration PEACE = Duration.ofSeconds(30);

  private static final Uuid A = new Uuid(0, 1);
  private static final Uuid B = new Uuid(0, 2);
  private static final Uuid C = new Uuid(0, 3);

  /** How long all must be shared; longer than anything that could change it takes to be noticed. */
  private static final Duration SETTLED = SESSION.multipliedBy(2);

  private static final int MOST_MEMBERS = 5;

  private final GroupMutant mutant;
  private final Kind kind;
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
  private long settledSince;

  /** What members use. */
  private enum Kind {
    CONSUMERS,
    EAGER,
    COOPERATIVE,
    MIXED
  }

  private GroupSimulation(long seed, GroupMutant mutant) {
    this.mutant = mutant;
    this.kind = Kind.values()[(int) (seed % Kind.values().length)];
    this.simulation = new Simulation(seed);
    this.network = new Network(simulation);
    topics.create("a", A, partitionsOfA);
    topics.create("b", B, 2);
    topics.create("c", C, 1);
    this.disturber = simulation.place("disturber");
    this.coordinator = new SimulatedCoordinator(this, simulation.place("coordinator"));
  }

  /**
   * How a run ended.
   *
   * @param commits how many commits were acknowledged
   * @param violations what is wrong; the run ends with the first
   */
  record Ended(long commits, List<String> violations) implements Outcome {}

  static Ended run(long seed, GroupMutant mutant) {
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
    Duration session = mutant == GroupMutant.SESSIONS_TOO_SHORT ? SHORT_SESSION : SESSION;
    return new GroupRules(
        SHORT_SESSION,
        Duration.ofMinutes(30),
        Duration.ofMillis(100),
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

  FakeTopics topics() {
    return topics;
  }

  static String nameOf(Uuid topic) {
    return topic.equals(A) ? "a" : topic.equals(B) ? "b" : "c";
  }

  /** Whether members read from it; not from a topic that goes, with what was committed to it. */
  static boolean isRead(TopicPartition partition) {
    return !partition.topic().equals("c");
  }

  /** To be called whenever a member has got something: nothing else makes two owners of one. */
  void checkOwners() {
    ledger.owned(members);
  }

  private Ended run() {
    join();
    join();
    disturb();
    runUntil(() -> false, TIME);
    network.heal();
    disturber.kill();
    settledSince = simulation.now();
    runUntil(this::isSettled, PEACE);
    if (ledger.violations().isEmpty()) {
      ledger.ended(isSettled(), shares().describe(members));
    }
    return new Ended(ledger.commits(), ledger.violations());
  }

  private void runUntil(BooleanSupplier done, Duration longest) {
    long end = simulation.now() + longest.toNanos();
    while (!done.getAsBoolean() && simulation.now() < end && ledger.violations().isEmpty()) {
      simulation.run(Duration.ofMillis(10));
      members.removeIf(member -> member.place().isDead());
    }
  }

  private void join() {
    boolean consumer =
        switch (kind) {
          case CONSUMERS -> true;
          case EAGER, COOPERATIVE -> false;
          case MIXED -> simulation.oneIn(2);
        };
    names++;
    join(consumer, simulation.oneIn(3) ? Optional.of("i" + names) : Optional.empty());
  }

  private void join(boolean consumer, Optional<String> instance) {
    Place place = simulation.place("m" + ++names);
    members.add(
        consumer
            ? new SimulatedConsumer(this, place, instance)
            : new SimulatedClassic(this, place, instance, kind != Kind.EAGER));
  }

  private void disturb() {
    int dice = simulation.random().nextInt(14);
    if (dice < 3 && members.size() < MOST_MEMBERS) {
      join();
    } else if (dice < 4) {
      changeTopics();
    } else if (dice < 6) {
      coordinator.crash();
    } else if (dice < 7) {
      coordinator.place().freeze(simulation.upTo(Duration.ofMillis(800)));
    } else if (!members.isEmpty()) {
      disturb(members.get(simulation.random().nextInt(members.size())), dice);
    }
    disturber.after(simulation.upTo(Duration.ofMillis(700)), this::disturb);
  }

  private void disturb(SimulatedMember member, int dice) {
    if (dice < 9) {
      member.place().freeze(simulation.upTo(SESSION.multipliedBy(2)));
    } else if (dice < 10) {
      member.leave();
    } else if (dice < 11) {
      member.place().kill();
    } else if (dice < 13 && member.instance().isPresent()) {
      restart(member);
    } else if (member instanceof SimulatedConsumer consumer) {
      consumer.subscribe();
    }
  }

  /** A static member that begins anew, which a consumer may have announced. */
  private void restart(SimulatedMember member) {
    boolean consumer = member instanceof SimulatedConsumer;
    if (consumer && simulation.oneIn(2)) {
      GroupRequest goodbye =
          Consumers.beat(
              member.identity(), ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE, Optional.empty());
      network.send(coordinator.place(), () -> coordinator.ask(goodbye, reply -> {}));
    }
    member.place().kill();
    join(consumer, member.instance());
  }

  private void changeTopics() {
    if (simulation.oneIn(4)) {
      topics.delete("c");
    } else if (partitionsOfA < 6) {
      topics.grow("a", ++partitionsOfA);
    }
  }

  private FairShares shares() {
    return new FairShares(coordinator.state(), world().topics());
  }

  /** Whether all has been shared for long enough. */
  private boolean isSettled() {
    if (!shares().hold(members)) {
      settledSince = simulation.now();
    }
    return simulation.now() - settledSince > SETTLED.toNanos();
  }
}
