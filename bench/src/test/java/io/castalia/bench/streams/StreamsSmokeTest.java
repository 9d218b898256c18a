package io.castalia.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.applications.Work;
import io.castalia.bench.server.ProjectPaths;
import io.castalia.bench.server.SharedKafka;
import io.castalia.bench.server.WorkDirectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The shortest form of {@code bench/streams}: that it works, not how fast. On Kafka alone, which
 * starts faster than Castalia; the command itself checks the results of both.
 */
final class StreamsSmokeTest {
  private static final StreamsRun.Settings FEW =
      new StreamsRun.Settings(2_000, 100, 0, /* heap= */ "128m");

  @RegisterExtension static final SharedKafka KAFKA = new SharedKafka();

  @Test
  void shouldMeasureACountThatIsExact() {
    Path work = WorkDirectory.fresh(ProjectPaths.work().resolve("streams-test"));
    Platform kafka = new KafkaPlatform(work, KAFKA.broker(), 6_000);
    StreamsRun run = new StreamsRun(FEW, System.out);
    run.prepare(kafka);

    Speed speed = run.speed(kafka, Work.COUNT, 1);

    assertThat(speed.recordsPerSecond()).isPositive();
    assertThat(StreamsTable.format(List.of(speed), List.of()))
        .contains("| count by key | Kafka Streams, Kafka default | ");
  }
}
