package io.castalia.actors.topic;

import io.castalia.testkit.simulation.Network;
import io.castalia.testkit.simulation.Outcome;
import io.castalia.testkit.simulation.Place;
import io.castalia.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Nodes that change topics and follow a registry over a bad network, while registries take its
 * journal from each other and freeze. In the end nothing is changed any more, and all must come to
 * the same.
 */
final class RegistrySimulation {
  private static final Duration TIME = Duration.ofSeconds(6);
  private static final Duration PEACE = Duration.ofSeconds(30);

  private final RegistryMutant mutant;
  private final Simulation simulation;
  private final Network network;
  private final RegistryLedger ledger;
  private final Place store;
  private final Place disturber;
  private final List<SimulatedRegistry> registries;
  private final List<SimulatedNode> nodes;
  private SimulatedRegistry latest;
  private boolean quiet;
  private int ids;

  private RegistrySimulation(long seed, RegistryMutant mutant) {
    this.mutant = mutant;
    this.simulation = new Simulation(seed);
    this.network = new Network(simulation);
    this.ledger = new RegistryLedger(mutant);
    this.store = simulation.place("store");
    this.disturber = simulation.place("disturber");
    this.registries =
        Stream.of("first", "second")
            .map(name -> new SimulatedRegistry(this, simulation.place(name)))
            .toList();
    this.latest = registries.get(0);
    this.nodes =
        Stream.of("a", "b", "c")
            .map(name -> new SimulatedNode(this, simulation.place(name)))
            .toList();
  }

  /**
   * How a run ended.
   *
   * @param answers how many requests were answered
   * @param version how many events the journal holds
   * @param violations what is wrong; the run ends with the first
   */
  record Ended(long answers, long version, List<String> violations) implements Outcome {}

  static Ended run(long seed, RegistryMutant mutant) {
    return new RegistrySimulation(seed, mutant).run();
  }

  RegistryMutant mutant() {
    return mutant;
  }

  Simulation simulation() {
    return simulation;
  }

  Network network() {
    return network;
  }

  RegistryLedger ledger() {
    return ledger;
  }

  Place store() {
    return store;
  }

  /** The one that took the journal last, or one that is taken for it. */
  SimulatedRegistry registry() {
    return quiet || !simulation.oneIn(6) ? latest : any();
  }

  private SimulatedRegistry any() {
    return registries.get(simulation.random().nextInt(registries.size()));
  }

  /** Whether clients ask for nothing any more. */
  boolean isQuiet() {
    return quiet;
  }

  Uuid freshId() {
    return new Uuid(1, ++ids);
  }

  private Ended run() {
    disturb();
    runUntil(() -> false, TIME);
    network.heal();
    disturber.kill();
    quiet = true;
    registries.stream().filter(each -> each != latest).forEach(each -> each.place().kill());
    latest.open();
    runUntil(this::isSettled, PEACE);
    if (ledger.violations().isEmpty()) {
      ledger.ended(nodes);
    }
    return new Ended(ledger.answers(), ledger.last().version(), ledger.violations());
  }

  private void runUntil(BooleanSupplier done, Duration longest) {
    long end = simulation.now() + longest.toNanos();
    while (!done.getAsBoolean() && simulation.now() < end && ledger.violations().isEmpty()) {
      simulation.run(Duration.ofMillis(5));
    }
  }

  private boolean isSettled() {
    return ledger.last().deleting().isEmpty()
        && nodes.stream().allMatch(node -> node.version() == ledger.last().version());
  }

  private void disturb() {
    if (simulation.oneIn(3)) {
      any().place().freeze(simulation.upTo(Duration.ofMillis(800)));
    } else if (simulation.oneIn(3)) {
      nodes
          .get(simulation.random().nextInt(nodes.size()))
          .place()
          .freeze(simulation.upTo(Duration.ofMillis(800)));
    } else {
      latest = any();
      latest.open();
    }
    disturber.after(simulation.upTo(Duration.ofMillis(900)), this::disturb);
  }
}
