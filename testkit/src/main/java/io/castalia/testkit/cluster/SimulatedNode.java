package io.castalia.testkit.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** A node of a simulated cluster, which keeps its id and its ports from start to start. */
final class SimulatedNode {
  private final int id;
  private final NodePorts ports;
  private final Map<String, Object> settings;
  private volatile @Nullable Incarnation current;
  private volatile boolean frozen;
  private volatile Since silence = new Since();

  /**
   * A node that has not been started.
   *
   * @param settings common to all nodes
   */
  SimulatedNode(int id, NodePorts ports, Map<String, Object> settings) {
    this.id = id;
    this.ports = ports;
    this.settings = settings;
  }

  int id() {
    return id;
  }

  NodePorts ports() {
    return ports;
  }

  NodeState state() {
    Incarnation now = current;
    if (now == null || now.hasStopped()) {
      return NodeState.STOPPED;
    }
    return frozen ? NodeState.FROZEN : NodeState.RUNNING;
  }

  boolean isRunning() {
    return state() == NodeState.RUNNING;
  }

  /** Since when others hear nothing of it, whatever the links. */
  Since silence() {
    return silence;
  }

  /** Its ends of its links, unless it has stopped. */
  Optional<LinkEnds> links() {
    Incarnation now = current;
    return now == null || now.hasStopped() ? Optional.empty() : Optional.of(now.links());
  }

  /** Its actor system, unless it has stopped. */
  Optional<ActorSystem<Void>> system() {
    Incarnation now = current;
    return now == null || now.hasStopped() ? Optional.empty() : Optional.of(now.system());
  }

  /**
   * Starts it; returns when it serves clients.
   *
   * @param seeds cluster ports of the nodes to join
   */
  void start(List<Integer> seeds, Surroundings surroundings) {
    if (state() != NodeState.STOPPED) {
      throw new IllegalStateException(
          "expected node " + id + " to be stopped, but it is " + state());
    }
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(SimulationSettings.own(id, ports, seeds));
    frozen = false;
    silence = new Since();
    current = Incarnation.start(all, surroundings);
  }

  void freeze() {
    running().freeze();
    frozen = true;
    silence = Since.now();
  }

  void thaw() {
    frozen = false;
    silence = new Since();
    present().thaw();
  }

  void crash() {
    silence = Since.now();
    present().crash();
    frozen = false;
  }

  void leave() {
    running().leave();
  }

  private Incarnation running() {
    if (frozen) {
      throw new IllegalStateException("expected node " + id + " to run, but it is frozen");
    }
    return present();
  }

  private Incarnation present() {
    Incarnation now = current;
    if (now == null || now.hasStopped()) {
      throw new IllegalStateException("expected node " + id + " to run, but it has stopped");
    }
    return now;
  }
}
