package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;

/** A session, and the statements for each table prepared on it. */
record CassandraTables(
    CqlSession session,
    EntryTable entriesBySegment,
    EntryTable entriesInBuckets,
    DeletionTable deletions,
    ManifestTable manifests,
    WriterTable writers,
    SnapshotTable snapshots,
    PageTable pages)
    implements AutoCloseable {

  /**
   * Connects and makes sure of the schema; blocks at most about {@code timeouts.connect}.
   *
   * @throws io.castalia.persistence.StoreUnavailableException if Cassandra did not answer in time
   * @throws SchemaException if the schema is absent and may not be created, or of another version
   */
  static CassandraTables open(CassandraSettings settings) {
    CqlSession session = CassandraConnection.open(settings);
    try {
      return on(session, settings.keyspace());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static CassandraTables on(CqlSession session, String keyspace) {
    return new CassandraTables(
        session,
        new EntryTable(session, keyspace, RowKey.SEGMENT),
        new EntryTable(session, keyspace, RowKey.BUCKET),
        new DeletionTable(session, keyspace),
        new ManifestTable(session, keyspace),
        new WriterTable(session, keyspace),
        new SnapshotTable(session, keyspace),
        new PageTable(session, keyspace));
  }

  /** The table in which a segment lies. */
  EntryTable entries(long segment) {
    return RowKey.of(segment) == RowKey.SEGMENT ? entriesBySegment : entriesInBuckets;
  }

  @Override
  public void close() {
    session.close();
  }
}
