package io.castalia.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.compare.LoadResult.Latency;
import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoneRoundsTest {
  private static final Lengths LENGTHS = new Lengths(Duration.ZERO, Duration.ZERO);
  private static final Scenario SCENARIO =
      new Scenario("long", "Long", Figure.THROUGHPUT, 1, Set.of(Side.values()), new NoWork());

  @TempDir private Path work;
  private final List<String> events = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  @Test
  void shouldBeDoneWithASideBeforeTheNextBegins() {
    LoneRounds rounds = rounds(false);

    List<Sample> samples = rounds.run(SCENARIO, List.of(Side.CASTALIA, Side.KAFKA), 2);

    assertThat(events)
        .containsExactly(
            "CASTALIA starts", "CASTALIA stops",
            "KAFKA starts", "KAFKA stops",
            "CASTALIA starts", "CASTALIA stops",
            "KAFKA starts", "KAFKA stops");
    assertThat(samples)
        .extracting(Sample::side)
        .containsExactly("CASTALIA", "KAFKA", "CASTALIA", "KAFKA");
    assertThat(failures).isEmpty();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void shouldMeasureTheOthersWhenASideFails() {
    LoneRounds rounds = rounds(true);

    List<Sample> samples = rounds.run(SCENARIO, List.of(Side.CASTALIA, Side.KAFKA), 1);

    assertThat(events)
        .containsExactly("CASTALIA starts", "CASTALIA stops", "KAFKA starts", "KAFKA stops");
    assertThat(samples).extracting(Sample::side).containsExactly("KAFKA");
    assertThat(failures).singleElement().asString().contains("long", "CASTALIA", "no disk");
    assertThat(work).isEmptyDirectory();
  }

  private LoneRounds rounds(boolean castaliaFails) {
    return new LoneRounds(
        new Comparison(1, LENGTHS, System.out),
        work,
        (side, directory) ->
            new BrokerFake(side, directory, castaliaFails && side == Side.CASTALIA),
        failures::add);
  }

  /** Has data when it starts, and may not find any of another one. */
  private final class BrokerFake implements Broker {
    private final Side side;
    private final Path directory;
    private final boolean fails;

    BrokerFake(Side side, Path directory, boolean fails) {
      this.side = side;
      this.directory = directory;
      this.fails = fails;
    }

    @Override
    public String name() {
      return side.name();
    }

    @Override
    public String durability() {
      return "none";
    }

    @Override
    public String bootstrap() {
      return "nowhere";
    }

    @Override
    public void start() {
      events.add(side + " starts");
      assertThat(directory).isEmptyDirectory();
      try {
        Files.createFile(directory.resolve("log"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (fails) {
        throw new IllegalStateException("no disk");
      }
    }

    @Override
    public List<ProcessHandle> processes() {
      return List.of();
    }

    @Override
    public Map<String, ProcessHandle> roles() {
      return Map.of();
    }

    @Override
    public void close() {
      assertThat(directory.resolve("log")).exists();
      events.add(side + " stops");
    }
  }

  private static final class NoWork implements Work {
    @Override
    public long warmUp(Broker side, Lengths lengths) {
      return 1;
    }

    @Override
    public void ready(Broker side, int round) {
      // Nothing is needed.
    }

    @Override
    public LoadResult run(Broker side, int round, long records) {
      return new LoadResult(records, 1, Latency.UNKNOWN, 0, 0);
    }
  }
}
