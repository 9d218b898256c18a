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

  private final String keyspace;
  private final String name;
  private final Object table;

  private EntryTable(String keyspace, String name, Object table) {
    this.keyspace = keyspace;
    this.name = name;
    this.table = table;
  }

  /** Those of each journal which is kept here as a whole. */
  static List<EntryTable> all() throws ReflectiveOperationException {
    List<EntryTable> tables = new ArrayList<>();
    Class<?> type = Class.forName("org.apache.cassandra.db.Keyspace");
    for (Object keyspace : (Iterable<?>) type.getMethod("all").invoke(null)) {
      tables.addAll(of(keyspace));
    }
    return tables;
  }

  private static List<EntryTable> of(Object keyspace) throws ReflectiveOperationException {
    List<EntryTable> tables = new ArrayList<>();
    boolean notesDeletions = false;
    for (Object table : (Iterable<?>) call(keyspace, "getColumnFamilyStores")) {
      String name = (String) call(table, "getTableName");
      notesDeletions |= name.equals(Deletions.TABLE);
      if (NAMES.contains(name)) {
        tables.add(new EntryTable((String) call(keyspace, "getName"), name, table));
      }
    }
    return notesDeletions ? tables : List.of();
  }

  /** Its name in all of Cassandra. */
  String fullName() {
    return keyspace + "." + name;
  }

  /** What was deleted from it. */
  Deletions deletions() {
    return new Deletions(keyspace, name);
  }

  /** Of all its files, deleted rows included. */
  long bytes() throws ReflectiveOperationException {
    long bytes = 0;
    for (Object file : (Iterable<?>) call(table, "getLiveSSTables")) {
      bytes += (Long) call(file, "onDiskLength");
    }
    return bytes;
  }

  /**
   * Writes all files anew without what other files say is deleted; takes as long as it takes. What
   * is in memory is written to files first: only there do deletions count.
   */
  void rewriteWithoutDeleted() throws ReflectiveOperationException {
    service()
        .getClass()
        .getMethod("forceKeyspaceFlush", String.class, String[].class)
        .invoke(service(), keyspace, new String[] {name});
    Object status =
        service()
            .getClass()
            .getMethod("garbageCollect", String.class, int.class, String.class, String[].class)
            .invoke(service(), "ROW", 1, keyspace, new String[] {name});
    if (!status.equals(0)) {
      throw new IllegalStateException(
          "expected Cassandra to rewrite %s, but it gave up with status %s"
              .formatted(fullName(), status));
    }
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
