package io.castalia.persistence.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The keyspace and its tables, as CQL. */
public final class Schema {
  /** Grows with every change of the tables. Each version has those of the one before, and more. */
  static final int VERSION = 4;

  /** The row of {@code schema_version} that speaks of these tables. */
  static final String COMPONENT = "persistence";

  private Schema() {}

  /** Everything, for operators who create the schema themselves. */
  public static String cql(CassandraSettings settings) {
    List<String> statements = new ArrayList<>();
    statements.add(keyspace(settings));
    statements.addAll(tables(settings.keyspace()));
    statements.add(version(settings.keyspace()));
    return statements.stream().collect(Collectors.joining(";\n\n", "", ";\n"));
  }

  static String keyspace(CassandraSettings settings) {
    String replication =
        settings.replication().entrySet().stream()
            .map(Schema::option)
            .collect(Collectors.joining(", ", "{", "}"));
    return "CREATE KEYSPACE IF NOT EXISTS "
        + settings.keyspace()
        + "\n  WITH replication = "
        + replication
        + "\n  AND durable_writes = true";
  }

  /** Must be the last statement to run: its row says that all the others have. */
  static String version(String keyspace) {
    return "INSERT INTO %s.schema_version (component, version) VALUES ('%s', %s)"
        .formatted(keyspace, COMPONENT, VERSION);
  }

  static List<String> tables(String keyspace) {
    return List.of(
        writers(keyspace),
        logs(keyspace),
        deletions(keyspace),
        entries(
            keyspace,
            RowKey.SEGMENT,
            "the entries of logs, a partition for each segment; immutable"),
        entries(
            keyspace, RowKey.BUCKET, "the entries of logs, many logs in a partition; immutable"),
        snapshots(keyspace),
        pages(keyspace),
        versions(keyspace));
  }

  /** Insert only. A row that is absent counts as a fence, so nothing here may ever expire. */
  private static String writers(String keyspace) {
    return """
    CREATE TABLE IF NOT EXISTS %s.writers (
      writer uuid,
      scope text,
      fenced_by uuid,
      PRIMARY KEY (writer, scope)
    ) WITH comment = 'incarnations of nodes and the scopes in which they are fenced; insert only'
      AND default_time_to_live = 0
      AND read_repair = 'BLOCKING'\
    """
        .formatted(keyspace);
  }

  private static String logs(String keyspace) {
    return """
    CREATE TABLE IF NOT EXISTS %s.logs (
      log text,
      epoch int static,
      owner uuid static,
      nonce uuid static,
      deleted_to bigint static,
      segment bigint,
      segment_epoch int,
      first_sequence bigint,
      last_sequence bigint,
      first_position bigint,
      next_position bigint,
      bytes bigint,
      max_timestamp bigint,
      PRIMARY KEY (log, segment)
    ) WITH comment = 'who owns a log and its segments; changed by lightweight transactions only'
      AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'L4'}
      AND default_time_to_live = 0\
    """
        .formatted(keyspace);
  }

  /**
   * Read and emptied by the embedded Cassandra. Where nobody does that, rows go by themselves when
   * merging files has most likely given the space back.
   */
  private static String deletions(String keyspace) {
    return """
    CREATE TABLE IF NOT EXISTS %s.deletions (
      rows_of text,
      segment bigint,
      log text,
      bytes bigint,
      PRIMARY KEY (rows_of, segment, log)
    ) WITH comment = 'segments deleted from tables of entries, until their space is given back'
      AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'L4'}
      AND gc_grace_seconds = 86400
      AND default_time_to_live = 2592000\
    """
        .formatted(keyspace);
  }

  /**
   * Rows are written once and dropped by the segment, so compaction has nothing to merge but parts
   * of partitions: tiers of 32 rewrite a byte once on its first 8 GB, and twice up to 256 GB.
   * Payload is compressed by producers or not at all, so Cassandra only checksums it; that needs a
   * compressor, even one that does nothing. A tombstone lost after a day would bring back rows that
   * no manifest names: space, not data. Rows are not cached: what is read again is in the node's
   * own cache.
   */
  private static String entries(String keyspace, RowKey key, String comment) {
    return """
    CREATE TABLE IF NOT EXISTS %s.%s (
      %s
      sequence bigint,
      first_position bigint,
      last_position bigint,
      max_timestamp bigint,
      bulk_size int,
      header blob,
      bulk blob,
      PRIMARY KEY (%s, sequence)
    ) WITH comment = '%s'
      AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'T32',
        'target_sstable_size': '512MiB'}
      AND compression = {'class': 'NoopCompressor', 'chunk_length_in_kb': '64'}
      AND caching = {'keys': 'ALL', 'rows_per_partition': 'NONE'}
      AND gc_grace_seconds = 86400
      AND default_time_to_live = 0\
    """
        .formatted(keyspace, key.table(), key.definitions(), key.primaryKey(), comment);
  }

  /** One save is several rows; the newest save that has all its chunks counts. */
  private static String snapshots(String keyspace) {
    return """
    CREATE TABLE IF NOT EXISTS %s.snapshots (
      log text,
      sequence bigint,
      save timeuuid,
      chunk int,
      chunks int,
      timestamp bigint,
      data blob,
      PRIMARY KEY (log, sequence, save, chunk)
    ) WITH CLUSTERING ORDER BY (sequence DESC, save DESC, chunk ASC)
      AND comment = 'snapshots of persistent actors, in chunks'
      AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'T4'}
      AND caching = {'keys': 'ALL', 'rows_per_partition': 'NONE'}
      AND gc_grace_seconds = 86400
      AND default_time_to_live = 0\
    """
        .formatted(keyspace);
  }

  /** Rows are written once, and deleted one by one when newer ones stand for them. */
  private static String pages(String keyspace) {
    return """
    CREATE TABLE IF NOT EXISTS %s.pages (
      name text PRIMARY KEY,
      data blob
    ) WITH comment = 'pages of states that do not fit in memory; immutable'
      AND compaction = {'class': 'UnifiedCompactionStrategy', 'scaling_parameters': 'T4'}
      AND caching = {'keys': 'ALL', 'rows_per_partition': 'NONE'}
      AND gc_grace_seconds = 86400
      AND default_time_to_live = 0\
    """
        .formatted(keyspace);
  }

  private static String versions(String keyspace) {
    return """
    CREATE TABLE IF NOT EXISTS %s.schema_version (
      component text PRIMARY KEY,
      version int
    ) WITH comment = 'which form of the tables this keyspace has'\
    """
        .formatted(keyspace);
  }

  private static String option(Map.Entry<String, String> option) {
    return "'" + escape(option.getKey()) + "': '" + escape(option.getValue()) + "'";
  }

  private static String escape(String text) {
    return text.replace("'", "''");
  }
}
