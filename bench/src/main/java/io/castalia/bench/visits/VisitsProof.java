package io.castalia.bench.visits;

import io.castalia.bench.applications.Hit;
import io.castalia.bench.applications.VisitTopics;
import io.castalia.bench.load.PlainConsumer;
import io.castalia.bench.server.Topics;
import io.castalia.bench.streams.CastaliaPlatform;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Runs the join and compares it with a batch computation. */
final class VisitsProof {
  private static final int PARTITIONS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CastaliaPlatform platform;
  private final Plan plan;
  private final PrintStream progress;

  /**
   * What is to happen.
   *
   * @param length of the time in which the log is published
   * @param pause between two disturbances
   * @param members that there are usually
   */
  record Plan(Duration length, Duration pause, int members, long seed) {}

  /**
   * What came of it.
   *
   * @param events of the members, in words
   * @param expected results of the batch computation
   * @param missing of these
   * @param surplus results that are none of these, or are there once more
   */
  record Verdict(String events, int expected, List<String> missing, List<String> surplus) {
    boolean holds() {
      return missing.isEmpty() && surplus.isEmpty();
    }
  }

  VisitsProof(CastaliaPlatform platform, Plan plan, PrintStream progress) {
    this.platform = platform;
    this.plan = plan;
    this.progress = progress;
  }

  Verdict run(List<Hit> hits) {
    for (String topic : List.of(VisitTopics.PAGES, VisitTopics.ASSETS, VisitTopics.VISITS)) {
      Topics.create(platform.bootstrap(), topic, PARTITIONS, VisitTopics.CONFIGURATION);
    }
    List<String> expected = VisitTopics.batch(hits);
    try (Members members =
            new Members(platform, plan.members(), new Random(plan.seed()), progress);
        Feeder feeder = new Feeder(platform.bootstrap(), hits, plan.length())) {
      while (!feeder.isDone()) {
        pause(feeder);
        members.disturb();
      }
      members.restore();
      feeder.end(PARTITIONS);
      List<String> found = read(expected.size());
      return new Verdict(
          members.toString(), expected.size(), without(expected, found), without(found, expected));
    }
  }

  private void pause(Feeder feeder) {
    long end = System.nanoTime() + plan.pause().toNanos();
    Awaitility.await()
        .atMost(plan.pause().plusMinutes(2))
        .until(() -> feeder.isDone() || System.nanoTime() > end);
  }

  private static List<String> without(List<String> all, List<String> others) {
    List<String> left = new ArrayList<>(all);
    others.forEach(left::remove);
    return left;
  }

  /** All results: at least so many, and what comes within seconds after that. */
  private List<String> read(int wanted) {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(each -> new TopicPartition(VisitTopics.VISITS, each))
            .toList();
    List<String> visits = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = PlainConsumer.committed(platform.bootstrap())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      boolean quiet = false;
      while ((visits.size() < wanted || !quiet) && System.nanoTime() < deadline) {
        var records = consumer.poll(Duration.ofSeconds(2));
        quiet = records.isEmpty();
        records.forEach(each -> visits.add(text(each)));
      }
    }
    return visits;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return VisitTopics.text(
        new String(record.key(), StandardCharsets.UTF_8),
        new String(record.value(), StandardCharsets.UTF_8));
  }
}
