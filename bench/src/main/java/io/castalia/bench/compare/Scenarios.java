package io.castalia.bench.compare;

import static io.castalia.bench.server.Side.CASTALIA;
import static io.castalia.bench.server.Side.CASTALIA_PERIODIC;
import static io.castalia.bench.server.Side.KAFKA;
import static io.castalia.bench.server.Side.KAFKA_DURABLE;

import io.castalia.bench.compare.ReadWork.Start;
import io.castalia.bench.server.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All loads that sides are compared at. */
final class Scenarios {

  private static final String SUSTAINED = "sustained-1k";

  /** Loads of the quick form. */
  static final List<String> QUICK =
      List.of("produce-1k", "produce-100b", "consume-1k", "latency-100b");

  /** Loads that take so long that they are run only when they are named. */
  static final List<String> LONG = List.of(SUSTAINED);

  private static final int KILOBYTE = 1_000;
  private static final int SMALL = 100;
  private static final int PARTITIONS = 4;
  private static final int GROUPS = 10;
  private static final int STEADY_RATE = 1_000;
  private static final Map<String, String> LARGE_BATCHES = batches(256 * 1024);
  private static final Map<String, String> MIDDLE_BATCHES = batches(64 * 1024);
  private static final Map<String, String> TINY_BATCHES = batches(1_000);
  private static final Set<Side> ALL = Set.of(Side.values());
  private static final Set<Side> SYNCED = Set.of(CASTALIA, KAFKA_DURABLE);
  private static final Set<Side> AT_DEFAULTS = Set.of(CASTALIA, CASTALIA_PERIODIC, KAFKA);

  private final LoadTool tool;
  private final Path work;

  private Scenarios(Path work) {
    this.tool = new LoadTool(work);
    this.work = work;
  }

  /**
   * Every scenario, in the order of the table.
   *
   * @param work for the output of tools and for records that are made
   * @param sustained how long the one that lasts a time lasts
   */
  static List<Scenario> in(Path work, SustainedOptions sustained) {
    Scenarios scenarios = new Scenarios(work);
    return List.of(
        scenarios.produce("produce-1k", "Produce 1 KB", ALL, bytes(KILOBYTE, PARTITIONS)),
        scenarios.produceSmall(
            "produce-100b",
            "Produce 100 B",
            ALL,
            ProduceLoad.ofBytes(SMALL, PARTITIONS, MIDDLE_BATCHES)),
        scenarios.produce(
            "produce-1k-defaults",
            "Produce 1 KB, the client's own batches, idempotent",
            AT_DEFAULTS,
            ProduceLoad.ofBytes(KILOBYTE, PARTITIONS, Map.of("enable.idempotence", "true"))),
        scenarios.text("lz4"),
        scenarios.text("zstd"),
        scenarios.produce(
            "produce-1k-100p",
            "Produce 1 KB to 100 partitions, synced",
            SYNCED,
            bytes(KILOBYTE, 100)),
        scenarios.produceSmall(
            "produce-1000p",
            "Produce 100 B to 1,000 partitions, small batches",
            AT_DEFAULTS,
            ProduceLoad.ofBytes(SMALL, 1_000, TINY_BATCHES)),
        scenarios.consume("consume-1k", "Consume 1 KB", KILOBYTE, 1, Start.WARM),
        scenarios.consume("consume-100b", "Consume 100 B", SMALL, 1, Start.WARM),
        scenarios.consume(
            "consume-1k-cold", "Catch up from a cold start, 1 KB", KILOBYTE, 1, Start.COLD),
        scenarios.consume(
            "consume-1k-10", "Ten readers of one topic, 1 KB", KILOBYTE, GROUPS, Start.WARM),
        scenarios.together("together-1k", "Produce and consume 1 KB at once"),
        scenarios.sustained(sustained(sustained)),
        scenarios.latency());
  }

  /** The load of that name. */
  static SustainedLoad sustained(SustainedOptions options) {
    return new SustainedLoad(
        bytes(KILOBYTE, PARTITIONS),
        Duration.ofSeconds(options.seconds),
        (long) options.keptMebibytes << 20);
  }

  /** What a server does most, in many small entries: for what has just been started. */
  static Work first(Path work) {
    ProduceLoad load = ProduceLoad.ofBytes(KILOBYTE, PARTITIONS, Map.of());
    return new TogetherWork("first", load, new LoadTool(work));
  }

  private Scenario produce(String name, String title, Set<Side> sides, ProduceLoad load) {
    return new Scenario(
        name,
        title,
        Figure.THROUGHPUT,
        load.recordBytes(),
        sides,
        new ProduceWork(name, load, tool));
  }

  private Scenario produceSmall(String name, String title, Set<Side> sides, ProduceLoad load) {
    return new Scenario(
        name, title, Figure.RECORDS, load.recordBytes(), sides, new ProduceWork(name, load, tool));
  }

  private Scenario text(String codec) {
    TextRecords text = TextRecords.in(work, KILOBYTE);
    Map<String, String> producer =
        Map.of(
            "batch.size",
            LARGE_BATCHES.get("batch.size"),
            "linger.ms",
            "5",
            "compression.type",
            codec);
    return produce(
        "produce-1k-" + codec,
        "Produce 1 KB of text, " + codec,
        AT_DEFAULTS,
        new ProduceLoad(text.meanBytes(), PARTITIONS, producer, Optional.of(text.file())));
  }

  private Scenario consume(String name, String title, int recordBytes, int readers, Start start) {
    ProduceLoad load =
        ProduceLoad.ofBytes(
            recordBytes, PARTITIONS, recordBytes == SMALL ? MIDDLE_BATCHES : LARGE_BATCHES);
    return new Scenario(
        name,
        title,
        recordBytes == SMALL ? Figure.RECORDS : Figure.THROUGHPUT,
        recordBytes,
        AT_DEFAULTS,
        new ReadWork(name, load, readers, start, tool));
  }

  private Scenario together(String name, String title) {
    return new Scenario(
        name,
        title,
        Figure.THROUGHPUT,
        KILOBYTE,
        ALL,
        new TogetherWork(name, bytes(KILOBYTE, PARTITIONS), tool));
  }

  private Scenario sustained(SustainedLoad load) {
    return new Scenario(
        SUSTAINED,
        "Produce and consume 1 KB at once, for " + load.time().toSeconds() + " s",
        Figure.THROUGHPUT,
        KILOBYTE,
        ALL,
        new SustainedWork(SUSTAINED, load, new SustainedTool(work, System.out)));
  }

  private Scenario latency() {
    return new Scenario(
        "latency-100b",
        "End to end at 1,000 records/s of 100 B",
        Figure.LATENCY,
        SMALL,
        ALL,
        new LatencyWork("latency-100b", SMALL, PARTITIONS, STEADY_RATE, tool));
  }

  private static ProduceLoad bytes(int recordBytes, int partitions) {
    return ProduceLoad.ofBytes(recordBytes, partitions, LARGE_BATCHES);
  }

  private static Map<String, String> batches(int bytes) {
    return Map.of("batch.size", Integer.toString(bytes), "linger.ms", "5");
  }
}
