package io.castalia.testkit.cluster;

import com.typesafe.config.Config;
import io.castalia.persistence.store.LogStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * What one start of a simulated node stands on, found by what Pekko and the journal make by class
 * name: they know the node's configuration and nothing else of the test.
 *
 * @param gate freezes the node's threads
 * @param store the node's way to the store
 * @param unreachable whether the node with this cluster port is one that it cannot reach
 * @param started told of the actor system before it joins the cluster
 */
record NodeGround(
    FreezeGate gate,
    StoreLink store,
    IntPredicate unreachable,
    Consumer<ExtendedActorSystem> started) {
  static final String KEY = "castalia-simulation-node";

  private static final ConcurrentMap<String, NodeGround> BY_NAME = new ConcurrentHashMap<>();

  void enter(String name) {
    BY_NAME.put(name, this);
  }

  static void forget(String name) {
    BY_NAME.remove(name);
  }

  static NodeGround of(Config config) {
    NodeGround ground = BY_NAME.get(config.getString(KEY));
    if (ground == null) {
      throw new IllegalStateException(
          "expected a node of a simulated cluster, but \"" + config.getString(KEY) + "\" is none");
    }
    return ground;
  }

  LogStore open(ExtendedActorSystem system) {
    started.accept(system);
    return store.open(system.dispatcher());
  }
}
