package io.castalia.examples.metrics;

import io.castalia.node.CastaliaNode;
import io.castalia.node.NodeSettings;
import io.castalia.node.SettingsSource;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command: a node of its own with the topology in it, measurements in, and what comes out. */
@Command(
    name = "examples/metrics/run",
    mixinStandardHelpOptions = true,
    description = "Makes values for each minute of measurements, and alerts, in a node of its own.")
public final class Metrics implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PrintStream out = System.out;

  /** Runs the command; the exit code says whether what came out is exact. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Metrics()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Path directory = Files.createTempDirectory("castalia-metrics");
    CastaliaNode node = start(directory);
    try {
      String bootstrap = node.address().host() + ":" + node.address().port();
      return measure(node, new Records(bootstrap)) ? 0 : 1;
    } finally {
      node.stop()
          .toCompletableFuture()
          .copy()
          .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .join();
    }
  }

  private static CastaliaNode start(Path directory) {
    Map<String, Object> settings =
        Map.of(
            "castalia.data-dir",
            directory.toString(),
            "castalia.kafka.port",
            0,
            "castalia.admin.port",
            -1,
            "castalia.persistence.store",
            "in-memory",
            "castalia.persistence.in-memory.name",
            directory.toString());
    return CastaliaNode.start(
        NodeSettings.of(SettingsSource.load(Optional.empty(), settings)), progress -> {});
  }

  private boolean measure(CastaliaNode node, Records records)
      throws InterruptedException, ExecutionException {
    records.createTopics(
        MetricsTopology.MEASUREMENTS, MetricsTopology.MINUTES, MetricsTopology.ALERTS);
    ProcessingApplication.start(
            node.system(),
            MetricsTopology.build(),
            ProcessingSettings.create(node.system(), "metrics"))
        .ready()
        .toCompletableFuture()
        .copy()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    List<Measurement> measurements = Measurements.arriving();
    out.printf("Publishing %d measurements, some of them late%n", measurements.size());
    records.publish(measurements);
    records.publish(Measurements.afterwards());

    Map<String, Load> expected = Measurements.counted(measurements);
    Map<String, Load> minutes = records.read(MetricsTopology.MINUTES, expected.size(), PATIENCE);
    Map<String, Load> tooHigh = new TreeMap<>(expected);
    tooHigh.values().removeIf(load -> !load.exceeds(MetricsTopology.ALERT_PERCENT));
    Map<String, Load> alerts = records.read(MetricsTopology.ALERTS, tooHigh.size(), PATIENCE);

    minutes.forEach((minute, load) -> print(minute, load, alerts.containsKey(minute)));
    boolean exact = minutes.equals(expected) && alerts.equals(tooHigh);
    out.println(
        exact
            ? "Exact: a plain loop over the measurements comes to the same."
            : "NOT EXACT: a plain loop over the measurements comes to something else.");
    return exact;
  }

  private void print(String minute, Load load, boolean alert) {
    out.printf(
        "%s  %d measurements, mean %.1f %%, most %d %%%s%n",
        minute,
        load.count(),
        (double) load.sum() / load.count(),
        load.max(),
        alert ? "  ALERT" : "");
  }
}
