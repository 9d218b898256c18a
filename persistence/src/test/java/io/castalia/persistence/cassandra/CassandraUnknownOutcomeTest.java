package io.castalia.persistence.cassandra;

import io.castalia.persistence.journal.UnknownOutcomeContract;
import io.castalia.persistence.store.LogStore;

final class CassandraUnknownOutcomeTest extends UnknownOutcomeContract {
  @Override
  protected LogStore store() {
    return SharedCassandra.store();
  }
}
