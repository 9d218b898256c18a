package io.castalia.actors.partition;

import io.castalia.testkit.simulation.Network;
import io.castalia.testkit.simulation.Outcome;
import io.castalia.testkit.simulation.Place;
import io.castalia.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.Errors;

/**
 * Nodes that take a partition from each other, frozen at times, while idempotent producers repeat
 * what was not answered and a reader asks one node or the other where the log ends.
 */
final class PartitionSimulation {
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private final PartitionMutant mutant;
  private final Simulation simulation;
  private final Network network;
  private final Place store;
  private final Place clients;
  private final SimulatedLog log;
  private final List<SimulatedOwner> owners;

  private PartitionSimulation(long seed, PartitionMutant mutant) {
    this.mutant = mutant;
    this.simulation = new Simulation(seed);
    this.network = new Network(simulation);
    this.store = simulation.place("store");
    this.clients = simulation.place("clients");
    this.log = new SimulatedLog(mutant);
    this.owners =
        Stream.of("a", "b").map(name -> new SimulatedOwner(this, simulation.place(name))).toList();
  }

  /**
   * How a run ended.
   *
   * @param acknowledged how many batches were acknowledged
   * @param epochs how often the log was taken
   * @param violations what is wrong; the run ends with the first
   */
  record Ended(long acknowledged, int epochs, List<String> violations) implements Outcome {}

  static Ended run(long seed, PartitionMutant mutant) {
    return new PartitionSimulation(seed, mutant).run();
  }

  PartitionMutant mutant() {
    return mutant;
  }

  Network network() {
    return network;
  }

  Place store() {
    return store;
  }

  SimulatedLog log() {
    return log;
  }

  private Ended run() {
    owners.forEach(this::disturb);
    LongStream.rangeClosed(1, 2).forEach(producer -> produce(producer, 0));
    read();
    while (simulation.now() < TIME.toNanos() && log.violations().isEmpty()) {
      simulation.run(Duration.ofMillis(1));
    }
    return new Ended(log.acknowledged(), log.epoch(), log.violations());
  }

  private void disturb(SimulatedOwner owner) {
    if (simulation.oneIn(3)) {
      owner.node().freeze(simulation.upTo(Duration.ofMillis(600)));
    }
    owner.open();
    owner.node().after(simulation.upTo(Duration.ofSeconds(1)), () -> disturb(owner));
  }

  private SimulatedOwner any() {
    return owners.get(simulation.random().nextInt(owners.size()));
  }

  /**
   * Sends one batch until it is acknowledged, as an idempotent producer does, and then the next.
   */
  private void produce(long producer, int sequence) {
    AtomicBoolean over = new AtomicBoolean();
    SimulatedOwner owner = any();
    network.send(
        owner.node(),
        () ->
            owner.append(
                Batches.idempotent(producer, 0, sequence, "v"),
                result ->
                    network.send(
                        clients,
                        () -> {
                          if (!over.getAndSet(true)) {
                            answered(producer, sequence, result);
                          }
                        })));
    clients.after(
        PATIENCE,
        () -> {
          if (!over.getAndSet(true)) {
            produce(producer, sequence);
          }
        });
  }

  private void answered(long producer, int sequence, AppendResult result) {
    if (result.error() == Errors.NONE) {
      log.acknowledged(producer, sequence, result.baseOffset(), simulation.now());
    }
    int next = result.error() == Errors.NONE ? sequence + 1 : sequence;
    clients.after(simulation.upTo(Duration.ofMillis(20)), () -> produce(producer, next));
  }

  private void read() {
    long asked = simulation.now();
    SimulatedOwner owner = any();
    network.send(
        owner.node(),
        () ->
            owner.locate(
                bounds -> {
                  if (bounds.error() == Errors.NONE) {
                    log.read(bounds.highWatermark(), asked);
                  }
                }));
    clients.after(simulation.upTo(Duration.ofMillis(40)), this::read);
  }
}
