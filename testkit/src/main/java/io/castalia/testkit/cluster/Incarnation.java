package io.castalia.testkit.cluster;

import io.castalia.node.CastaliaNode;
import io.castalia.node.NodeSettings;
import io.castalia.node.SettingsSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;

/** One start of a node, until it has stopped. */
final class Incarnation {
  private static final long END_SECONDS = 60;

  private final NodeGround ground;
  private final RemotingLinks links;
  private final CastaliaNode node;

  private Incarnation(NodeGround ground, RemotingLinks links, CastaliaNode node) {
    this.ground = ground;
    this.links = links;
    this.node = node;
  }

  /**
   * Starts a node; returns when it serves clients.
   *
   * @param settings by their whole names
   */
  static Incarnation start(Map<String, Object> settings, Surroundings surroundings) {
    String name = UUID.randomUUID().toString();
    CompletableFuture<RemotingLinks> links = new CompletableFuture<>();
    StoreLink store = new StoreLink(surroundings.store());
    NodeGround ground =
        new NodeGround(
            new FreezeGate(),
            store,
            surroundings.unreachable(),
            system -> {
              RemotingLinks own = new RemotingLinks(system);
              surroundings.beforeJoining().accept(new LinkEnds(own, store));
              links.complete(own);
            });
    ground.enter(name);
    try {
      CastaliaNode node = CastaliaNode.start(settings(settings, name), progress -> {});
      var unused = node.whenStopped().thenRun(() -> NodeGround.forget(name));
      return new Incarnation(ground, links.join(), node);
    } catch (RuntimeException e) {
      NodeGround.forget(name);
      throw e;
    }
  }

  private static NodeSettings settings(Map<String, Object> given, String name) {
    Map<String, Object> all = new HashMap<>(given);
    all.put(NodeGround.KEY, name);
    // Failure detectors see their own section only.
    all.put("pekko.cluster.failure-detector." + NodeGround.KEY, name);
    return NodeSettings.of(SettingsSource.load(Optional.empty(), all));
  }

  ActorSystem<Void> system() {
    return node.system();
  }

  LinkEnds links() {
    return new LinkEnds(links, ground.store());
  }

  boolean hasStopped() {
    return node.whenStopped().toCompletableFuture().isDone();
  }

  void freeze() {
    ground.gate().freeze();
  }

  void thaw() {
    ground.gate().thaw();
  }

  /** Ends it without a word to anybody: nothing that it does from now on reaches the store. */
  void crash() {
    ground.store().cut();
    thaw();
    node.system().terminate();
    awaitEnd();
  }

  /** Stops it as an operator does. */
  void leave() {
    var unused = node.stop();
    awaitEnd();
  }

  private void awaitEnd() {
    var unused =
        node.whenStopped()
            .toCompletableFuture()
            .copy()
            .orTimeout(END_SECONDS, TimeUnit.SECONDS)
            .join();
  }
}
