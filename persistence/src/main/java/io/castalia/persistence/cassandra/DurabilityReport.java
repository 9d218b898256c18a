package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at start which durability an acknowledgement stands for. Only the node that answers is seen;
 * the others of a cluster should be set up alike.
 */
final class DurabilityReport {
  private static final Logger LOG = LoggerFactory.getLogger(DurabilityReport.class);
  private static final String SETTINGS =
      "SELECT name, value FROM system_views.settings WHERE name IN ('commitlog_sync',"
          + " 'commitlog_sync_period', 'commitlog_sync_group_window', 'commitlog_disk_access_mode')";

  private DurabilityReport() {}

  static void log(CqlSession session) {
    Map<String, String> settings = new TreeMap<>();
    try {
      for (Row row : session.execute(SETTINGS)) {
        settings.put(String.valueOf(row.getString("name")), String.valueOf(row.getString("value")));
      }
    } catch (DriverException e) {
      LOG.warn("cannot see how durable Cassandra's commit log is: {}", e.getMessage());
      return;
    }
    if ("periodic".equals(settings.get("commitlog_sync"))) {
      LOG.warn(
          "Cassandra acknowledges writes before they are on disk ({}): a crash can lose what it has"
              + " acknowledged; set commitlog_sync to batch or group",
          settings);
    } else {
      LOG.info("Cassandra acknowledges writes when they are on disk: {}", settings);
    }
  }
}
