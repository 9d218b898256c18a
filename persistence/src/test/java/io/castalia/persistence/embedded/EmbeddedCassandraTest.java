package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraTest {
  private static final int WRITES_BEFORE_KILL = 500;
  private static final Duration SOON = Duration.ofMinutes(2);

  private Path data;
  private EmbeddedCassandraSettings settings;

  @BeforeEach
  void settings(@TempDir Path directory) {
    data = directory;
    settings = EmbeddedCassandraSettings.in(data.resolve("cassandra"));
  }

  @Test
  void shouldKeepItsPortAndEveryAcknowledgedWriteWhenKilled() {
    int port;
    Set<Integer> acknowledged;
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(settings);
        CqlSession session = connect(cassandra)) {
      port = cassandra.contactPoint().getPort();
      createTable(session);
      acknowledged = writeUntilKilled(cassandra, session);
    }
    assertThat(acknowledged).hasSizeGreaterThan(WRITES_BEFORE_KILL);

    try (EmbeddedCassandra again = EmbeddedCassandra.start(settings);
        CqlSession session = connect(again)) {
      assertThat(again.contactPoint().getPort()).isEqualTo(port);
      assertThat(numbers(session)).containsAll(acknowledged);
    }
  }

  @Test
  void shouldStartOverSegmentsThatAFullDiskLeftEmpty() throws Exception {
    // given an empty segment between others, which Cassandra takes for damage
    Path commitLog = settings.dataDirectory().resolve("commitlog");
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(settings);
        CqlSession session = connect(cassandra)) {
      createTable(session);
      session.execute("INSERT INTO test.numbers (n) VALUES (42)");
    }
    long oldest = oldestSegment(commitLog);
    Files.createFile(commitLog.resolve("CommitLog-8-" + (oldest - 1) + ".log"));

    // when
    try (EmbeddedCassandra again = EmbeddedCassandra.start(settings);
        CqlSession session = connect(again)) {

      // then
      assertThat(numbers(session)).containsExactly(42);
    }
    assertThat(commitLog.resolve("broken").resolve("CommitLog-8-" + (oldest - 1) + ".log"))
        .exists();
  }

  @Test
  void shouldEndWithAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dcastalia.home=" + System.getProperty("castalia.home"),
                "-cp",
                System.getProperty("java.class.path"),
                CassandraParent.class.getName(),
                settings.dataDirectory().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle child = ProcessHandle.of(pidOfChild(parent)).orElseThrow();
    assertThat(child.isAlive()).isTrue();

    parent.destroyForcibly().onExit().join();

    await().atMost(SOON).until(() -> !child.isAlive());
  }

  @Test
  void shouldStartAgainOnTheSamePortAfterACrash() {
    try (EmbeddedCassandraSupervisor supervisor = EmbeddedCassandraSupervisor.launch(settings)) {
      supervisor.awaitReady();
      long first = supervisor.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();

      await().atMost(SOON).until(() -> supervisor.pid() != first);

      try (CqlSession session =
          CqlSession.builder()
              .addContactPoint(supervisor.contactPoint())
              .withLocalDatacenter("datacenter1")
              .build()) {
        assertThat(session.execute("SELECT key FROM system.local").one()).isNotNull();
      }
    }
  }

  @Test
  void shouldRefuseADirectoryInUse() {
    try (EmbeddedCassandra running = EmbeddedCassandra.start(settings)) {
      assertThat(running.exit()).isNotCompleted();
      assertThatThrownBy(() -> EmbeddedCassandra.start(settings))
          .isInstanceOf(EmbeddedCassandraException.class)
          .hasMessageContaining("in use by another Cassandra");
    }
  }

  @Test
  void shouldRefuseATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedCassandra.start(settings.withPort(taken.getLocalPort())))
          .isInstanceOf(EmbeddedCassandraException.class)
          .hasMessage(
              "port "
                  + taken.getLocalPort()
                  + " on 127.0.0.1 is taken; choose another one, or 0 for a free one");
    }
  }

  @Test
  void shouldSayHowToGetTheClassPath() {
    assertThatThrownBy(() -> EmbeddedCassandra.start(settings.withClassPath(data)))
        .isInstanceOf(EmbeddedCassandraException.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining("run \"./mvnw");
  }

  @Test
  void shouldRefuseAJavaThatCassandraDoesNotRunOn() throws Exception {
    Path java = Files.createDirectories(data.resolve("java/bin")).resolve("java");
    Files.createFile(java);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(data.resolve("java/release"), "JAVA_VERSION=\"25.0.1\"\n");

    assertThatThrownBy(() -> EmbeddedCassandra.start(settings.withJavaHome(data.resolve("java"))))
        .isInstanceOf(EmbeddedCassandraException.class)
        .hasMessageContaining("needs Java 11 to 17")
        .hasMessageContaining("is Java 25");
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeWritten() throws Exception {
    Path file = Files.createFile(data.resolve("file"));

    assertThatThrownBy(
            () -> EmbeddedCassandra.start(EmbeddedCassandraSettings.in(file.resolve("cassandra"))))
        .isInstanceOf(EmbeddedCassandraException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void shouldShowItsLastWordsWhenItEndsBeforeItIsReady() throws Exception {
    // A commit log that is a file: Cassandra itself finds out.
    Files.createDirectories(settings.dataDirectory());
    Files.createFile(settings.dataDirectory().resolve("commitlog"));

    assertThatThrownBy(() -> EmbeddedCassandra.start(settings))
        .isInstanceOf(EmbeddedCassandraException.class)
        .hasMessageContaining("before it was ready")
        .hasMessageContaining("logs/system.log")
        .hasMessageContaining("commitlog");
  }

  /** Kills Cassandra in the midst of writes; those that it acknowledged are what counts. */
  private static Set<Integer> writeUntilKilled(EmbeddedCassandra cassandra, CqlSession session) {
    PreparedStatement insert = session.prepare("INSERT INTO test.numbers (n) VALUES (?)");
    ProcessHandle process = ProcessHandle.of(cassandra.pid()).orElseThrow();
    Set<Integer> acknowledged = new HashSet<>();
    try {
      for (int n = 0; n < 100_000; n++) {
        session.execute(insert.bind(n));
        acknowledged.add(n);
        if (n == WRITES_BEFORE_KILL) {
          process.destroyForcibly();
        }
      }
    } catch (DriverException killed) {
      return acknowledged;
    }
    throw new AssertionError("Cassandra went on after it was killed");
  }

  private static long oldestSegment(Path commitLog) throws IOException {
    try (Stream<Path> files = Files.list(commitLog)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .mapToLong(name -> Long.parseLong(name.replaceAll("CommitLog-8-|\\.log", "")))
          .min()
          .orElseThrow();
    }
  }

  private static CqlSession connect(EmbeddedCassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
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

  private static long pidOfChild(Process parent) throws Exception {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && !line.startsWith("child ")) {
      line = output.readLine();
    }
    assertThat(line).isNotNull();
    return Long.parseLong(line.substring("child ".length()));
  }
}
