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
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The embedded Cassandra in each mode, one after the other on the same data: it starts, says what
 * it is, works, ends, and the next one has what it took.
 */
class CommitLogModeTest {
  @TempDir private static Path data = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static Life batch;

  @SuppressWarnings("NullAway.Init")
  private static Life group;

  @SuppressWarnings("NullAway.Init")
  private static Life periodic;

  @SuppressWarnings("NullAway.Init")
  private static Life last;

  /**
   * From a start to an end.
   *
   * @param said of durability, in the log
   * @param kept what was there at the start
   */
  private record Life(InetSocketAddress address, List<String> said, List<StoredEntry> kept) {}

  @BeforeAll
  static void liveInEachMode() throws Exception {
    batch = live(1, CommitLogMode.BATCH, CommitLogModeTest::kill);
    group = live(2, CommitLogMode.GROUP, CommitLogModeTest::kill);
    periodic = live(3, CommitLogMode.PERIODIC, EmbeddedCassandra::close);
    last = live(4, CommitLogMode.BATCH, EmbeddedCassandra::close);
  }

  @Test
  void shouldBeDurableInBatchMode() {
    assertThat(batch.said())
        .contains(
            "INFO Cassandra acknowledges writes when they are on disk (commit log: batch, direct"
                + " I/O)");
    assertThat(group.kept()).containsExactly(entry(1));
  }

  @Test
  void shouldBeDurableInGroupMode() {
    assertThat(group.said())
        .contains(
            "INFO Cassandra acknowledges writes when they are on disk (commit log: group, every"
                + " 2ms, direct I/O)");
    assertThat(periodic.kept()).containsExactly(entry(1), entry(2));
  }

  @Test
  void shouldWarnInPeriodicModeAndLoseNothingWhenStopped() {
    assertThat(periodic.said())
        .anyMatch(line -> line.startsWith("WARN Cassandra acknowledges writes before they are"));
    assertThat(last.kept()).containsExactly(entry(1), entry(2), entry(3));
  }

  @Test
  void shouldKeepItsPort() {
    assertThat(List.of(group.address(), periodic.address(), last.address()))
        .containsOnly(batch.address());
  }

  /** Reads what there is, writes one more, and ends. */
  private static Life live(long number, CommitLogMode mode, Consumer<EmbeddedCassandra> end)
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
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(embedded);
        CassandraLogStore store = open(cassandra)) {
      List<StoredEntry> kept =
          store.readEntries("log", 1, 1, number).toCompletableFuture().get(60, TimeUnit.SECONDS);
      store.writeEntry(entry(number)).toCompletableFuture().get(60, TimeUnit.SECONDS);
      end.accept(cassandra);
      return new Life(cassandra.contactPoint(), lines(log), kept);
    } finally {
      logger.detachAppender(log);
    }
  }

  private static List<String> lines(ListAppender<ILoggingEvent> log) {
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

  private static StoredEntry entry(long number) {
    return new StoredEntry("log", 1, number, 0, 0, 0, 3, bytes(2), bytes(3));
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).asReadOnlyBuffer();
  }
}
