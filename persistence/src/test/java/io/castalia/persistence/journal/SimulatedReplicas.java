package io.castalia.persistence.journal;

import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogManifest;
import io.castalia.testkit.simulation.Deadlines;
import io.castalia.testkit.simulation.Network;
import io.castalia.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Three replicas of a simulated store, the manifests beside them, and the way there. */
final class SimulatedReplicas {
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** One for all, since there are thousands, and nobody asks where they come from. */
  private final StoreUnavailableException noAnswer =
      new StoreUnavailableException("no answer in time");

  private final Simulation simulation;
  private final Network network;
  private final Deadlines deadlines;
  private final List<SimulatedReplica> replicas;
  private final InMemoryLogStore manifests = InMemoryLogStore.create();
  private final Map<String, Optional<LogManifest>> manifestsBefore = new HashMap<>();

  SimulatedReplicas(Simulation simulation) {
    this.simulation = simulation;
    this.network = new Network(simulation);
    this.deadlines = simulation.deadlines(TIMEOUT);
    this.replicas =
        Stream.of("one", "two", "three")
            .map(name -> new SimulatedReplica(simulation.place(name)))
            .toList();
  }

  Simulation simulation() {
    return simulation;
  }

  Network network() {
    return network;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  List<SimulatedReplica> replicas() {
    return replicas;
  }

  InMemoryLogStore manifests() {
    return manifests;
  }

  Optional<LogManifest> manifest(String log) {
    return manifests.readManifest(log).toCompletableFuture().join();
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

  UUID freshId() {
    return new UUID(simulation.random().nextLong(), simulation.random().nextLong());
  }

  StoreUnavailableException noAnswer() {
    return noAnswer;
  }
}
