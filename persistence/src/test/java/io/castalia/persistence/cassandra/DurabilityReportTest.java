package io.castalia.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class DurabilityReportTest {
  @Test
  void shouldCallBatchAndGroupDurable() {
    assertThat(DurabilityReport.of(settings("batch", "direct")))
        .isEqualTo(
            new DurabilityReport(
                Level.INFO,
                "Cassandra acknowledges writes when they are on disk (commit log: batch, direct"
                    + " I/O)"));
    assertThat(DurabilityReport.of(settings("group", "legacy")).text())
        .contains("when they are on disk (commit log: group, every 2ms, legacy I/O)");
  }

  @Test
  void shouldWarnOfPeriodicAndSayWhatCanBeLost() {
    DurabilityReport report = DurabilityReport.of(settings("periodic", "legacy"));

    assertThat(report.level()).isEqualTo(Level.WARN);
    assertThat(report.text())
        .contains("before they are on disk", "every 10000ms, legacy I/O", "set its commitlog_sync");
  }

  @Test
  void shouldWarnOfWhatItDoesNotKnow() {
    assertThat(DurabilityReport.of(Map.of()).level()).isEqualTo(Level.WARN);
    assertThat(DurabilityReport.of(settings("lazy", "mmap")).text()).contains("\"lazy\"");
  }

  private static Map<String, String> settings(String sync, String access) {
    return Map.of(
        "commitlog_sync",
        sync,
        "commitlog_disk_access_mode",
        access,
        "commitlog_sync_period",
        "10000ms",
        "commitlog_sync_group_window",
        "2ms");
  }
}
