package io.castalia.bench.wide;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.SharedKafka;
import io.castalia.bench.server.WorkDirectory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shortest form of {@code bench/wide}: that it works, on a server that others need, too. */
final class WideServerTest {
  @RegisterExtension static final SharedKafka KAFKA = new SharedKafka();

  @Test
  void shouldTellTimesMemoryAndLatency() {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("wide-test"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    new WideServer(new KeptOn(KAFKA.broker()), new WidePlan(2, 3, 50, 1), work, out).run();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("create 2 topics of 3 partitions")
        .containsPattern(
            "3 partitions in use after the start +p50 \\d+\\.\\d ms, p99 \\d+\\.\\d ms")
        .containsPattern("resident memory started with these: Kafka +[1-9]\\d+ MB");
  }

  /** Neither started nor stopped. */
  private record KeptOn(Broker server) implements Broker {
    @Override
    public String name() {
      return server.name();
    }

    @Override
    public String durability() {
      return server.durability();
    }

    @Override
    public String bootstrap() {
      return server.bootstrap();
    }

    @Override
    public void start() {
      // It runs.
    }

    @Override
    public List<ProcessHandle> processes() {
      return server.processes();
    }

    @Override
    public Map<String, ProcessHandle> roles() {
      return server.roles();
    }

    @Override
    public void close() {
      // Others need it.
    }
  }
}
