package io.castalia.testkit.cluster;

import com.typesafe.config.Config;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.LogStoreProvider;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Connects a simulated node to the store of its cluster. */
public final class SimulatedStoreProvider implements LogStoreProvider {

  @Override
  public LogStore open(ExtendedActorSystem system, Config config) {
    return NodeGround.of(system.settings().config()).open(system);
  }
}
