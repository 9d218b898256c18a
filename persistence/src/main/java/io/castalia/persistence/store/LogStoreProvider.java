package io.castalia.persistence.store;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Opens a store for a node. Implementations have a public constructor without parameters. */
public interface LogStoreProvider {

  /**
   * Begins to open the store; {@link LogStore#opened} tells when it is open. Does not wait for what
   * may be absent for long.
   *
   * @param config the section {@code castalia.persistence}
   */
  LogStore open(ExtendedActorSystem system, Config config);
}
