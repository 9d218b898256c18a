package io.castalia.persistence.store;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Connects to the in-memory store that is named {@code in-memory.name} in this JVM. */
public final class InMemoryLogStoreProvider implements LogStoreProvider {

  @Override
  public LogStore open(ExtendedActorSystem system, Config config) {
    return InMemoryLogStore.connect(config.getString("in-memory.name"));
  }
}
