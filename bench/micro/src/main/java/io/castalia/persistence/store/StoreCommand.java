package io.castalia.persistence.store;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.cassandra.CassandraLogStore;
import io.castalia.persistence.cassandra.CassandraSettings;
import io.castalia.persistence.embedded.EmbeddedCassandra;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import io.castalia.persistence.journal.JournalRows;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/store}. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description =
        "Writes rows to Castalia's Cassandra with nothing but the driver before it: the limit.")
public final class StoreCommand implements Callable<Integer> {
  private static final String HEAD =
      """
      | bytes of a row | logs | through | rows/s | MB/s | p50 ms | p99 ms | Cassandra us/row | client us/row |
      |---|---|---|---|---|---|---|---|---|
      """;
  private static final double MEBIBYTE = 1 << 20;

  private final PrintStream out = System.out;
  private final OperatingSystemMXBean self =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @Option(
      names = "--sizes",
      split = ",",
      description = "Of the rows, in bytes. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes = List.of(200, 16_384, 65_536, 262_144);

  @Option(
      names = "--logs",
      split = ",",
      description = "Logs with one write in flight each. Default: ${DEFAULT-VALUE}.")
  private List<Integer> logs = List.of(1, 4, 16, 64);

  @Option(names = "--seconds", description = "For each size and logs. Default: ${DEFAULT-VALUE}.")
  private int seconds = 5;

  @Option(names = "--warm-up", description = "Seconds of load before. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 30;

  @Option(
      names = "--buckets",
      description = "Put all logs into one bucket, so that rows of different logs go together.")
  private boolean buckets;

  @Option(names = "--journal", description = "Write the same through the journal, too, in turns.")
  private boolean journal;

  @Option(
      names = "--yaml",
      description = "Keys of cassandra.yaml, as castalia.persistence.embedded-cassandra.yaml.")
  private String yaml = "";

  @Option(
      names = "--java-options",
      split = " ",
      description = "More options for Cassandra's JVM, between blanks.")
  private List<String> javaOptions = List.of();

  /** How rows get to Cassandra. */
  private record Way(String name, Function<ByteBuffer, Rows> rows) {
    StoreLoad load(int size) {
      return new StoreLoad(rows.apply(DriverRows.bytes(size)));
    }
  }

  private StoreCommand() {}

  /** The command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StoreCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path data = Files.createTempDirectory(Path.of("bench", "micro", "target"), "store");
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(settingsOfCassandra(data))) {
      run(cassandra);
    } finally {
      delete(data);
    }
    return 0;
  }

  private void run(EmbeddedCassandra cassandra) {
    if (journal) {
      ActorSystem system = ActorSystem.create("store", configOfJournal(cassandra));
      try (CassandraLogStore store = CassandraLogStore.open(settingsOfStore(cassandra))) {
        Persistence persistence = Persistence.get(system);
        persistence.ready().toCompletableFuture().join();
        run(List.of(driver(store), new Way("journal", bulk -> new JournalRows(persistence, bulk))));
      } finally {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
      }
    } else {
      try (CassandraLogStore store = CassandraLogStore.open(settingsOfStore(cassandra))) {
        run(List.of(driver(store)));
      }
    }
  }

  private Way driver(LogStore store) {
    return new Way("driver", bulk -> new DriverRows(store, bulk, firstSegment()));
  }

  private long firstSegment() {
    return buckets ? Buckets.firstSegment(TimeUnit.NANOSECONDS.toMillis(System.nanoTime())) : 1;
  }

  private void run(List<Way> ways) {
    long each = TimeUnit.SECONDS.toNanos(warmUp) / sizes.size() / ways.size();
    for (int size : sizes) {
      ways.forEach(way -> way.load(size).run(logs.get(logs.size() - 1), each));
    }
    out.print(HEAD);
    for (int size : sizes) {
      for (int count : logs) {
        ways.forEach(way -> out.print(row(way, size, count)));
      }
    }
  }

  private static Config configOfJournal(EmbeddedCassandra cassandra) {
    InetSocketAddress address = cassandra.contactPoint();
    String contactPoint = address.getHostString() + ":" + address.getPort();
    return ConfigFactory.parseMap(
            Map.of("castalia.persistence.cassandra.contact-points", List.of(contactPoint)))
        .withFallback(ConfigFactory.load());
  }

  private EmbeddedCassandraSettings settingsOfCassandra(Path data) {
    var overrides =
        ConfigFactory.parseString("yaml { %s }".formatted(yaml))
            .withFallback(ConfigFactory.parseMap(Map.of("java-options", javaOptions)));
    return EmbeddedCassandraSettings.from(
        overrides.withFallback(
            ConfigFactory.load().getConfig("castalia.persistence.embedded-cassandra")),
        data);
  }

  private static CassandraSettings settingsOfStore(EmbeddedCassandra cassandra) {
    return CassandraSettings.from(ConfigFactory.load().getConfig("castalia.persistence.cassandra"))
        .withContactPoints(List.of(cassandra.contactPoint()));
  }

  private String row(Way way, int size, int count) {
    Duration selfBefore = Duration.ofNanos(self.getProcessCpuTime());
    Duration cassandraBefore = cassandraTime();
    long[] nanos = way.load(size).run(count, TimeUnit.SECONDS.toNanos(seconds));
    double rows = Math.max(1, nanos.length);
    return String.format(
        Locale.ROOT,
        "| %d | %d | %s | %.0f | %.1f | %.2f | %.2f | %.0f | %.0f |%n",
        size,
        count,
        way.name(),
        rows / seconds,
        rows * size / seconds / MEBIBYTE,
        millis(nanos, 0.5),
        millis(nanos, 0.99),
        micros(cassandraTime().minus(cassandraBefore)) / rows,
        micros(Duration.ofNanos(self.getProcessCpuTime()).minus(selfBefore)) / rows);
  }

  /** Cassandra is the one child of this process. */
  private static Duration cassandraTime() {
    return ProcessHandle.current()
        .children()
        .flatMap(child -> child.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static double micros(Duration time) {
    return time.toNanos() / (double) TimeUnit.MICROSECONDS.toNanos(1);
  }

  private static double millis(long[] ascending, double share) {
    return ascending.length == 0
        ? 0
        : ascending[(int) (share * (ascending.length - 1))]
            / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
