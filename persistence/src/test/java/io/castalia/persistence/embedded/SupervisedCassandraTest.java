package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Cassandra that is killed in the midst of writes, with an empty segment in its commit log, and
 * is there again.
 */
class SupervisedCassandraTest {
  private static final int WRITES_BEFORE_KILL = 500;
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private static Path data = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static EmbeddedCassandraSettings settings;

  @SuppressWarnings("NullAway.Init")
  private static EmbeddedCassandraSupervisor supervisor;

  private static final Set<Integer> ACKNOWLEDGED = new HashSet<>();
  private static Path emptySegment = Path.of("");
  private static int firstPort;

  @BeforeAll
  static void killAndAwaitTheNext() throws IOException {
    settings = EmbeddedCassandraSettings.in(data.resolve("cassandra"));
    supervisor = EmbeddedCassandraSupervisor.launch(settings);
    assertThat(supervisor.isRunning()).isFalse();
    supervisor.awaitReady();
    assertThat(supervisor.isRunning()).isTrue();
    assertThat(supervisor.restarts()).isZero();
    long first = supervisor.pid();
    firstPort = supervisor.contactPoint().getPort();
    try (CqlSession session = connect()) {
      createTable(session);
      emptySegment = Files.createFile(beforeTheOldestSegment(settings.commitLogDirectory()));
      writeUntilKilled(session, ProcessHandle.of(first).orElseThrow());
    }
    await().atMost(SOON).until(() -> supervisor.pid() != first);
  }

  @AfterAll
  static void stop() {
    supervisor.close();
  }

  @Test
  void shouldStartAgainOnTheSamePort() {
    assertThat(supervisor.contactPoint().getPort()).isEqualTo(firstPort);
    try (CqlSession session = connect()) {
      assertThat(session.execute("SELECT key FROM system.local").one()).isNotNull();
    }
  }

  @Test
  void shouldCountThatItWasStartedAgain() {
    assertThat(supervisor.restarts()).isEqualTo(1);
    assertThat(supervisor.isRunning()).isTrue();
    assertThat(supervisor.freeBytes()).isPresent();
  }

  @Test
  void shouldKeepEveryAcknowledgedWrite() {
    assertThat(ACKNOWLEDGED).hasSizeGreaterThan(WRITES_BEFORE_KILL);
    try (CqlSession session = connect()) {
      assertThat(numbers(session)).containsAll(ACKNOWLEDGED);
    }
  }

  /** Cassandra takes one between others for damage, and would not start over it. */
  @Test
  void shouldSetAsideASegmentThatAFullDiskLeftEmpty() {
    assertThat(emptySegment).doesNotExist();
    assertThat(emptySegment.resolveSibling("broken").resolve(emptySegment.getFileName())).exists();
  }

  @Test
  void shouldRefuseADirectoryInUse() {
    assertThatThrownBy(() -> EmbeddedCassandra.start(settings))
        .isInstanceOf(EmbeddedCassandraException.class)
        .hasMessageContaining("in use by another Cassandra");
  }

  /** Those that it acknowledges are what counts. */
  private static void writeUntilKilled(CqlSession session, ProcessHandle cassandra) {
    PreparedStatement insert = session.prepare("INSERT INTO test.numbers (n) VALUES (?)");
    try {
      for (int n = 0; n < 100_000; n++) {
        session.execute(insert.bind(n));
        ACKNOWLEDGED.add(n);
        if (n == WRITES_BEFORE_KILL) {
          cassandra.destroyForcibly();
        }
      }
    } catch (DriverException killed) {
      return;
    }
    throw new AssertionError("Cassandra went on after it was killed");
  }

  private static Path beforeTheOldestSegment(Path commitLog) throws IOException {
    try (Stream<Path> files = Files.list(commitLog)) {
      long oldest =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".log"))
              .mapToLong(name -> Long.parseLong(name.replaceAll("CommitLog-8-|\\.log", "")))
              .min()
              .orElseThrow();
      return commitLog.resolve("CommitLog-8-" + (oldest - 1) + ".log");
    }
  }

  private static CqlSession connect() {
    return CqlSession.builder()
        .addContactPoint(supervisor.contactPoint())
        .withLocalDatacenter("datacenter1")
        .build();
  }

  private static void createTable(CqlSession session) {
    session.execute(
        "CREATE KEYSPACE test WITH replication ="
            + " {'class': 'NetworkTopologyStrategy', 'replication_factor': 1}");
    session.execute("CREATE TABLE test.numbers (n int PRIMARY KEY)");
  }

  private static Set<Integer> numbers(CqlSession session) {
    Set<Integer> numbers = new HashSet<>();
    session.execute("SELECT n FROM test.numbers").forEach(row -> numbers.add(row.getInt("n")));
    return numbers;
  }
}
