package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ServerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The client's side of a load that lasts a time: two processes, and a look at how they get on. */
final class SustainedTool {

  /** After the producer's time, for what it has in flight and for a consumer that is behind. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final LoadTool tool;
  private final DiskSpace disk;
  private final PrintStream out;

  SustainedTool(Path work, PrintStream out) {
    this.tool = new LoadTool(work);
    this.disk = new DiskSpace(work);
    this.out = out;
  }

  /** At once; the figures are the consumer's, the latency is the producer's. */
  LoadResult run(Broker side, String topic, ProduceLoad load, Duration time) {
    return LoadTool.measured(
        () -> {
          ServerProcess consumer =
              tool.start(SustainedConsumer.class.getName(), side.bootstrap(), topic);
          ServerProcess producer =
              tool.start(SustainedProducer.class.getName(), arguments(side, topic, load, time));
          String label = "    " + topic + ", " + side.name() + ", ";
          List<Follower> followers =
              List.of(
                  new Follower(
                      producer, ToolOutput.PRODUCED, label + "produced: ", load.recordBytes()),
                  new Follower(
                      consumer, ToolOutput.CONSUMED, label + "consumed: ", load.recordBytes()));
          try {
            follow(followers, time.plus(PATIENCE));
          } finally {
            followers.forEach(Follower::end);
          }
          LoadResult produced = ToolOutput.PRODUCED.read(producer.printed());
          LoadResult consumed = ToolOutput.CONSUMED.read(consumer.printed(), produced.records());
          return new LoadResult(
              consumed.records(),
              consumed.recordsPerSecond(),
              produced.latency(),
              consumed.longestPauseMillis(),
              0);
        });
  }

  private static String[] arguments(Broker side, String topic, ProduceLoad load, Duration time) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                side.bootstrap(),
                topic,
                Integer.toString(load.recordBytes()),
                Long.toString(time.toMillis())));
    Map<String, String> settings = new TreeMap<>(load.producer());
    settings.forEach((key, value) -> arguments.add(key + "=" + value));
    return arguments.toArray(String[]::new);
  }

  /** Until both have ended, or one of them has failed: then the other would wait for ever. */
  private void follow(List<Follower> followers, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    boolean atWork = true;
    while (atWork) {
      atWork = false;
      for (Follower follower : followers) {
        atWork |= follower.look();
      }
      disk.requireSome();
      if (System.nanoTime() > end) {
        throw new IllegalStateException("expected both clients to end within " + timeout);
      }
    }
  }

  /** Passes on what one client says of its progress. */
  private final class Follower {
    private final ServerProcess client;
    private final ToolOutput form;
    private final String label;
    private final int recordBytes;
    private int told;

    Follower(ServerProcess client, ToolOutput form, String label, int recordBytes) {
      this.client = client;
      this.form = form;
      this.label = label;
      this.recordBytes = recordBytes;
    }

    /**
     * Whether it is still at work.
     *
     * @throws IllegalStateException if it has ended without its figures
     */
    boolean look() {
      boolean ended = client.awaitEnd(LOOK);
      String printed = client.printed();
      List<Progress> progress = Progress.in(printed);
      for (Progress each : progress.subList(told, progress.size())) {
        out.println(label + each.describe(recordBytes) + "; " + disk.free());
        out.flush();
      }
      told = progress.size();
      if (ended) {
        LoadResult unused = form.read(printed);
      }
      return !ended;
    }

    void end() {
      if (client.isAlive()) {
        client.kill();
      }
    }
  }
}
