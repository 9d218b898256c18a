package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  private Path data;
  private EmbeddedCassandraSettings settings;

  @BeforeEach
  void settings(@TempDir Path directory) {
    data = directory;
    settings = EmbeddedCassandraSettings.in(data.resolve("cassandra"));
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
