package io.castalia.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.embedded.CommitLogMode;
import io.castalia.persistence.embedded.EmbeddedCassandra;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import io.castalia.persistence.store.StoredEntry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The embedded Cassandra in each mode: it starts, works, keeps what it took, and says what it is.
 */
class CommitLogModeTest {
  private static final StoredEntry ENTRY =
      new StoredEntry("log", 1, 1, 0, 0, 0, 3, bytes(2), bytes(3));

  @TempDir private Path data = Path.of("");

  @Test
  void shouldBeDurableInBatchMode() throws Exception {
    assertThat(lifeIn(CommitLogMode.BATCH, CommitLogModeTest::kill))
        .contains(
            "INFO Cassandra acknowledges writes when they are on disk (commit log: batch, direct"
                + " I/O)");
  }

  @Test
  void shouldBeDurableInGroupMode() throws Exception {
    assertThat(lifeIn(CommitLogMode.GROUP, CommitLogModeTest::kill))
        .contains(
            "INFO Cassandra acknowledges writes when they are on disk (commit log: group, every"
                + " 2ms, direct I/O)");
  }

  @Test
  void shouldWarnInPeriodicModeAndLoseNothingWhenStopped() throws Exception {
    assertThat(lifeIn(CommitLogMode.PERIODIC, EmbeddedCassandra::close))
        .anyMatch(line -> line.startsWith("WARN Cassandra acknowledges writes before they are"));
  }

  /** Writes, ends Cassandra, reads again; gives what was logged about durability. */
  private List<String> lifeIn(CommitLogMode mode, Consumer<EmbeddedCassandra> end)
      throws Exception {
    Config section = ConfigFactory.load().getConfig("castalia.persistence");
    EmbeddedCassandraSettings embedded =
        EmbeddedCassandraSettings.from(
            ConfigFactory.parseString("commit-log = " + mode)
                .withFallback(section.getConfig("embedded-cassandra")),
            data);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(DurabilityReport.class);
    logger.addAppender(log);
    try {
      try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(embedded);
          CassandraLogStore store = open(cassandra)) {
        store.writeEntry(ENTRY).toCompletableFuture().get(10, TimeUnit.SECONDS);
        end.accept(cassandra);
      }
      try (EmbeddedCassandra again = EmbeddedCassandra.start(embedded);
          CassandraLogStore store = open(again)) {
        assertThat(
                store.readEntries("log", 1, 1, 1).toCompletableFuture().get(10, TimeUnit.SECONDS))
            .containsExactly(ENTRY);
      }
    } finally {
      logger.detachAppender(log);
    }
    return log.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  private static void kill(EmbeddedCassandra cassandra) {
    ProcessHandle.of(cassandra.pid()).orElseThrow().destroyForcibly();
  }

  private static CassandraLogStore open(EmbeddedCassandra cassandra) {
    return CassandraLogStore.open(
        CassandraSettings.from(ConfigFactory.load().getConfig("castalia.persistence.cassandra"))
            .withContactPoints(List.of(cassandra.contactPoint())));
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).asReadOnlyBuffer();
  }
}
