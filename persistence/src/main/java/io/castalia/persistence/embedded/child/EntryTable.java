package io.castalia.persistence.embedded.child;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a journal's logs, as Cassandra itself sees them. Its classes are named, not linked:
 * this package is compiled without them.
 */
final class EntryTable {
  /** In which each segment is a partition, and in which it is a part of one. */
  private static final List<String> NAMES = List.of("log_entries", "bucket_entries");

  private static final long EVER = Integer.MAX_VALUE;

  private final String keyspace;
  private final String name;
  private final Object table;

  private EntryTable(String keyspace, String name, Object table) {
    this.keyspace = keyspace;
    this.name = name;
    this.table = table;
  }

  /** Those of each journal which is kept here. */
  static List<EntryTable> all() throws ReflectiveOperationException {
    List<EntryTable> tables = new ArrayList<>();
    Class<?> type = Class.forName("org.apache.cassandra.db.Keyspace");
    for (Object keyspace : (Iterable<?>) type.getMethod("all").invoke(null)) {
      for (Object table : (Iterable<?>) call(keyspace, "getColumnFamilyStores")) {
        String name = (String) call(table, "getTableName");
        if (NAMES.contains(name)) {
          tables.add(new EntryTable((String) call(keyspace, "getName"), name, table));
        }
      }
    }
    return tables;
  }

  /** Its name in all of Cassandra. */
  String fullName() {
    return keyspace + "." + name;
  }

  TableFigures figures() throws ReflectiveOperationException {
    double deletions = 0;
    long partitions = 0;
    long bytes = 0;
    for (Object file : (Iterable<?>) call(table, "getLiveSSTables")) {
      deletions +=
          (Double)
              file.getClass()
                  .getMethod("getDroppableTombstonesBefore", long.class)
                  .invoke(file, EVER);
      partitions += (Long) call(file, "estimatedKeys");
      bytes += (Long) call(file, "onDiskLength");
    }
    if (name.equals(NAMES.get(0))) {
      return new TableFigures(deletions, partitions, bytes);
    }
    // The deletion of a part of a partition is remembered as where it begins and where it ends.
    double deleted = deletions / 2;
    return new TableFigures(deleted, deleted == 0 ? 0 : deleted + segmentsOfLogs(), bytes);
  }

  /** The segments that there are, by the manifests of the logs. */
  private long segmentsOfLogs() throws ReflectiveOperationException {
    Object rows =
        Class.forName("org.apache.cassandra.cql3.QueryProcessor")
            .getMethod("executeInternal", String.class, Object[].class)
            .invoke(null, "SELECT count(*) FROM " + keyspace + ".logs", new Object[0]);
    // By its public class: the one it has is not open to us.
    Object row =
        Class.forName("org.apache.cassandra.cql3.UntypedResultSet").getMethod("one").invoke(rows);
    return (Long) row.getClass().getMethod("getLong", String.class).invoke(row, "count");
  }

  /** Writes what is in memory to files: only there do deletions count. */
  void flush() throws ReflectiveOperationException {
    service()
        .getClass()
        .getMethod("forceKeyspaceFlush", String.class, String[].class)
        .invoke(service(), keyspace, new String[] {name});
  }

  /** Writes all files anew without what other files say is deleted; takes as long as it takes. */
  void rewriteWithoutDeleted() throws ReflectiveOperationException {
    service()
        .getClass()
        .getMethod("garbageCollect", String.class, int.class, String.class, String[].class)
        .invoke(service(), "ROW", 1, keyspace, new String[] {name});
  }

  private static Object service() throws ReflectiveOperationException {
    return Class.forName("org.apache.cassandra.service.StorageService")
        .getField("instance")
        .get(null);
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
