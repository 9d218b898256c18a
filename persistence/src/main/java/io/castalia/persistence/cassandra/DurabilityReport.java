package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Says at start which durability an acknowledgement stands for. Only the node that answers is seen;
 * the others of a cluster should be set up alike.
 */
record DurabilityReport(Level level, String text) {
  private static final Logger LOG = LoggerFactory.getLogger(DurabilityReport.class);
  private static final String SYNC = "commitlog_sync";
  private static final String ACCESS = "commitlog_disk_access_mode";
  private static final String SETTINGS =
      "SELECT name, value FROM system_views.settings WHERE name IN ('"
          + SYNC
          + "', 'commitlog_sync_period', 'commitlog_sync_group_window', '"
          + ACCESS
          + "')";

  static void log(CqlSession session) {
    DurabilityReport report = read(session);
    LOG.atLevel(report.level()).log(report.text());
  }

  private static DurabilityReport read(CqlSession session) {
    Map<String, String> settings = new TreeMap<>();
    try {
      for (Row row : session.execute(SETTINGS)) {
        settings.put(String.valueOf(row.getString("name")), String.valueOf(row.getString("value")));
      }
      return of(settings);
    } catch (DriverException e) {
      return new DurabilityReport(
          Level.WARN, "cannot see how durable Cassandra's commit log is: " + e.getMessage());
    }
  }

  /**
   * What the settings promise.
   *
   * @param settings Cassandra's, by their names in {@code cassandra.yaml}
   */
  static DurabilityReport of(Map<String, String> settings) {
    String mode = settings.getOrDefault(SYNC, "unknown");
    return switch (mode) {
      case "batch" -> onDisk(settings, mode);
      case "group" ->
          onDisk(settings, mode + ", every " + settings.get("commitlog_sync_group_window"));
      case "periodic" -> inMemory(settings);
      default ->
          new DurabilityReport(
              Level.WARN,
              "cannot tell how durable Cassandra's commit log is: its commitlog_sync is \"%s\""
                  .formatted(mode));
    };
  }

  private static DurabilityReport onDisk(Map<String, String> settings, String mode) {
    return new DurabilityReport(
        Level.INFO,
        "Cassandra acknowledges writes when they are on disk (commit log: %s, %s I/O)"
            .formatted(mode, access(settings)));
  }

  private static DurabilityReport inMemory(Map<String, String> settings) {
    return new DurabilityReport(
        Level.WARN,
        ("Cassandra acknowledges writes before they are on disk (commit log: periodic, every %s, %s"
                + " I/O): a crash of Cassandra or a loss of power can take acknowledged records; set"
                + " its commitlog_sync to batch or group")
            .formatted(settings.get("commitlog_sync_period"), access(settings)));
  }

  private static String access(Map<String, String> settings) {
    return settings.getOrDefault(ACCESS, "unknown");
  }
}
