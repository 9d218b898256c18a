package io.castalia.persistence.embedded.child;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a journal's logs, as Cassandra itself sees them. Its classes are named, not linked:
 * this package is compiled without them.
 */
final class EntryTable {
  private static final String NAME = "log_entries";
  private static final long EVER = Integer.MAX_VALUE;

  private final String keyspace;
  private final Object table;

  private EntryTable(String keyspace, Object table) {
    this.keyspace = keyspace;
    this.table = table;
  }

  /** That of each journal which is kept here. */
  static List<EntryTable> all() throws ReflectiveOperationException {
    List<EntryTable> tables = new ArrayList<>();
    Class<?> type = Class.forName("org.apache.cassandra.db.Keyspace");
    for (Object keyspace : (Iterable<?>) type.getMethod("all").invoke(null)) {
      String name = (String) call(keyspace, "getName");
      for (Object table : (Iterable<?>) call(keyspace, "getColumnFamilyStores")) {
        if (NAME.equals(call(table, "getTableName"))) {
          tables.add(new EntryTable(name, table));
        }
      }
    }
    return tables;
  }

  String keyspace() {
    return keyspace;
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
    return new TableFigures(deletions, partitions, bytes);
  }

  /** Writes what is in memory to files: only there do deletions count. */
  void flush() throws ReflectiveOperationException {
    service()
        .getClass()
        .getMethod("forceKeyspaceFlush", String.class, String[].class)
        .invoke(service(), keyspace, new String[] {NAME});
  }

  /** Writes all files anew without what other files say is deleted; takes as long as it takes. */
  void rewriteWithoutDeleted() throws ReflectiveOperationException {
    service()
        .getClass()
        .getMethod("garbageCollect", String.class, int.class, String.class, String[].class)
        .invoke(service(), "ROW", 1, keyspace, new String[] {NAME});
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
