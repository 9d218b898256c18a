package io.castalia.persistence.embedded.child;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    for (Object keyspace : (Iterable<?>) type("db.Keyspace").getMethod("all").invoke(null)) {
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
    return files().stream().mapToLong(EntryFile::bytes).sum();
  }

  /** Its files, the one that was written to first in front. */
  List<EntryFile> files() throws ReflectiveOperationException {
    List<EntryFile> files = new ArrayList<>();
    for (Object file : (Iterable<?>) call(table, "getLiveSSTables")) {
      files.add(
          new EntryFile(
              (String) call(file, "getFilename"),
              (Long) call(file, "onDiskLength"),
              (Long) call(file, "getMaxTimestamp")));
    }
    files.sort(Comparator.comparing(EntryFile::lastWrite));
    return files;
  }

  /** Writes what is in memory to files: only there do deletions count. */
  void flush() throws ReflectiveOperationException {
    service()
        .getClass()
        .getMethod("forceKeyspaceFlush", String.class, String[].class)
        .invoke(service(), keyspace, new String[] {name});
  }

  /**
   * Writes one file anew without what other files say is deleted.
   *
   * @return the bytes that were gained; 0 where Cassandra is at work on the file itself
   */
  long rewriteWithoutDeleted(EntryFile file) throws ReflectiveOperationException {
    lookIntoOtherFiles();
    List<EntryFile> before = files();
    Object compactions = type("db.compaction.CompactionManager").getField("instance").get(null);
    compactions
        .getClass()
        .getMethod("forceUserDefinedCompaction", String.class)
        .invoke(compactions, file.name());
    // What was flushed meanwhile has been written to later.
    return file.bytes()
        - files().stream()
            .filter(each -> each.equals(file) || !before.contains(each))
            .filter(each -> each.lastWrite() <= file.lastWrite())
            .mapToLong(EntryFile::bytes)
            .sum();
  }

  /**
   * Has Cassandra look into the files beside those that it rewrites for what is deleted. Holds for
   * this process.
   */
  @SuppressWarnings("unchecked")
  private void lookIntoOtherFiles() throws ReflectiveOperationException {
    Map<String, String> parameters =
        new HashMap<>((Map<String, String>) call(table, "getCompactionParameters"));
    if (!"ROW".equals(parameters.put("provide_overlapping_tombstones", "ROW"))) {
      table.getClass().getMethod("setCompactionParameters", Map.class).invoke(table, parameters);
    }
  }

  /** Writes all files anew without what other files say is deleted; takes as long as it takes. */
  void rewriteWithoutDeleted() throws ReflectiveOperationException {
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
    return type("service.StorageService").getField("instance").get(null);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName("org.apache.cassandra." + name);
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
