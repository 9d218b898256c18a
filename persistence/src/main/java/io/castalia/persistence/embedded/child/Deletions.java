package io.castalia.persistence.embedded.child;

import java.util.ArrayList;
import java.util.List;

/**
 * What the journal notes when it deletes segments. Cassandra itself does not know how much they
 * have left in the files: it counts deletions, not what they delete.
 */
final class Deletions {
  static final String TABLE = "deletions";

  private final String keyspace;
  private final String entries;

  /**
   * Those of a table.
   *
   * @param entries its name
   */
  Deletions(String keyspace, String entries) {
    this.keyspace = keyspace;
    this.entries = entries;
  }

  /** What is noted and not {@link #forget forgotten}, older segments first. */
  List<Deletion> noted() throws ReflectiveOperationException {
    List<Deletion> found = new ArrayList<>();
    Object rows = cql("SELECT log, segment, bytes FROM %s.%s WHERE rows_of = ?", entries);
    for (Object row : (Iterable<?>) rows) {
      found.add(
          new Deletion(
              (String) value("getString", row, "log"),
              (Long) value("getLong", row, "segment"),
              (Long) value("getLong", row, "bytes")));
    }
    return found;
  }

  /** To be called when the rows are in the files no more. */
  void forget(List<Deletion> deletions) throws ReflectiveOperationException {
    for (Deletion each : deletions) {
      cql(
          "DELETE FROM %s.%s WHERE rows_of = ? AND segment = ? AND log = ?",
          entries, each.segment(), each.log());
    }
  }

  private Object cql(String statement, Object... values) throws ReflectiveOperationException {
    return Class.forName("org.apache.cassandra.cql3.QueryProcessor")
        .getMethod("executeInternal", String.class, Object[].class)
        .invoke(null, statement.formatted(keyspace, TABLE), values);
  }

  private static Object value(String getter, Object row, String column)
      throws ReflectiveOperationException {
    // By the public class of rows: the one they have is not open to us.
    return Class.forName("org.apache.cassandra.cql3.UntypedResultSet$Row")
        .getMethod(getter, String.class)
        .invoke(row, column);
  }
}
