package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import io.castalia.persistence.Meters;
import io.castalia.persistence.StoreSetup;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.LogStoreProvider;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ExtendedActorSystem;

/**
 * Opens the store on the Cassandra that {@code castalia.persistence.cassandra} names, once it may
 * be {@linkplain StoreSetup reached}; does not wait for it.
 */
public final class CassandraLogStoreProvider implements LogStoreProvider {
  @Override
  public LogStore open(ExtendedActorSystem system, Config config) {
    CassandraLogStore store =
        CassandraLogStore.openLater(
            CassandraSettings.from(config.getConfig("cassandra")),
            system
                .settings()
                .setup()
                .get(StoreSetup.class)
                .map(StoreSetup::reachable)
                .orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance())));
    store.watch(Meters.registry(system));
    return store;
  }
}
