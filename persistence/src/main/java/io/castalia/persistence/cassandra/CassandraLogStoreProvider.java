package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.LogStoreProvider;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Opens the store on the Cassandra that {@code castalia.persistence.cassandra} names. */
public final class CassandraLogStoreProvider implements LogStoreProvider {
  @Override
  public LogStore open(ExtendedActorSystem system, Config config) {
    return CassandraLogStore.open(CassandraSettings.from(config.getConfig("cassandra")));
  }
}
