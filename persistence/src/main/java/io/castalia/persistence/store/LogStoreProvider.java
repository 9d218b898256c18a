package io.castalia.persistence.store;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Opens a store for a node. Implementations have a public constructor without parameters. */
public interface LogStoreProvider {

  /**
   * Opens the store; may block until it can be used.
   *
   * @param config the section {@code castalia.persistence}
   * @throws io.castalia.persistence.StoreUnavailableException if the store cannot be reached
   */
  LogStore open(ExtendedActorSystem system, Config config);
}
