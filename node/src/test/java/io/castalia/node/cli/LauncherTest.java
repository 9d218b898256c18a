package io.castalia.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, whose program tells which build it is from. */
@DisabledOnOs(value = WINDOWS, disabledReason = "the launcher is a script for bash")
final class LauncherTest {
  private static final String PROGRAM =
      """
      package io.castalia.node.cli;
      public final class Main {
        public static void main(String[] arguments) throws Exception {
          System.out.println(arguments[0] + " runs");
          System.in.read();
          System.out.println(Build.NAME.get());
          System.out.println(System.getProperty("java.class.path"));
        }
      }
      """;

  private static final String BUILD =
      """
      package io.castalia.node.cli;
      final class Build {
        static final java.util.function.Supplier<String> NAME = () -> "%s";
      }
      """;

  @TempDir Path home;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void layOut() throws IOException {
    Path launcher = Path.of(System.getProperty("castalia.home"), "castalia");
    Files.copy(launcher, home.resolve("castalia"));
    file("pom.xml");
    file("persistence/embedded-cassandra/pom.xml");
    file("persistence/embedded-cassandra/target/lib/cassandra.jar");
    for (String module : List.of("api", "persistence", "actors", "streams-dsl", "node")) {
      file(module + "/pom.xml");
      file(module + "/src/main/Source.java");
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldLetRunOnWhatItStartedWhileTheTreeIsBuiltAgain() throws Exception {
    build("first");
    Process first = launch("one");
    BufferedReader firstSays = first.inputReader(UTF_8);
    assertThat(firstSays.readLine()).isEqualTo("one runs");

    build("second");

    assertThat(said("two")).startsWith("two runs", "second");
    // Its classes of the first build are read only now.
    goOn(first);
    assertThat(firstSays.readLine()).isEqualTo("first");
  }

  @Test
  void shouldKeepACopyOfABuildNoLongerThanItRuns() throws Exception {
    build("first");
    Process first = launch("one");
    assertThat(first.inputReader(UTF_8).readLine()).isEqualTo("one runs");
    build("second");
    said("two");
    assertThat(copies()).as("of the first build, which runs, and of the second").isEqualTo(2);

    goOn(first);
    assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    build("third");
    said("three");

    assertThat(copies()).isEqualTo(1);
  }

  @Test
  void shouldHaveANodeSeeTheJarsOfItsUser() throws Exception {
    build("first");
    file("plugins/driver.jar");
    file("plugins/kinds.jar");
    file("plugins/notes.txt");
    String behind = ":%1$s/plugins/driver.jar:%1$s/plugins/kinds.jar".formatted(home.toRealPath());

    assertThat(said("start").get(2)).endsWith(behind);
    assertThat(said("topic").get(2)).doesNotContain("plugins");
  }

  @Test
  void shouldSayThatThereAreNoPluginsWhereTheyAreSaidToBe() throws Exception {
    build("first");
    Path nowhere = home.resolve("nowhere");
    ProcessBuilder launcher =
        new ProcessBuilder(home.resolve("castalia").toString(), "start").redirectErrorStream(true);
    launcher.environment().put("CASTALIA_PLUGINS", nowhere.toString());
    Process process = launcher.start();
    started.add(process);

    assertThat(process.inputReader(UTF_8).lines())
        .containsExactly(
            "castalia: CASTALIA_PLUGINS is \"%s\", but that is no directory".formatted(nowhere));
    assertThat(process.waitFor()).isEqualTo(1);
  }

  private void file(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  /**
   * What a build leaves, in place of what the last one left: the node's jar, and its class path.
   */
  private void build(String name) throws IOException {
    Path classes = home.resolve("classes");
    Path sources = Files.createDirectories(home.resolve("sources"));
    Path main = Files.writeString(sources.resolve("Main.java"), PROGRAM);
    Path build = Files.writeString(sources.resolve("Build.java"), BUILD.formatted(name));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), main.toString(), build.toString());
    assertThat(status).isZero();
    Path jar = home.resolve("node/target/castalia-node.jar");
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> compiled = Files.walk(classes)) {
      for (Path entry : compiled.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
        entries.write(Files.readAllBytes(entry));
      }
    }
    Files.writeString(home.resolve("node/target/dependencies"), jar.toString());
  }

  private Process launch(String command) throws IOException {
    Process process =
        new ProcessBuilder(home.resolve("castalia").toString(), command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    return process;
  }

  private List<String> said(String command) throws IOException {
    Process process = launch(command);
    goOn(process);
    return process.inputReader(UTF_8).lines().toList();
  }

  private static void goOn(Process process) throws IOException {
    process.outputWriter(UTF_8).append('\n').close();
  }

  private long copies() throws IOException {
    try (Stream<Path> runs = Files.list(home.resolve(".castalia/runs"))) {
      return runs.filter(run -> Files.exists(run.resolve("class-path")))
          .filter(run -> !Files.isSymbolicLink(run))
          .count();
    }
  }
}
