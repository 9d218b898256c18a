package io.castalia.bench.cluster;

import io.castalia.bench.server.KafkaBroker;
import io.castalia.bench.server.KafkaQuorum;
import io.castalia.bench.server.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Apache Kafka: brokers of which the first are controllers, too, each with a copy of every
 * partition, two of which must have a record before it is acknowledged.
 */
final class KafkaNodes implements Nodes {

  private static final String HEAP = "512m";

  /** A broker that was killed looks through the logs of all its partitions first. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(15);

  private static final Duration ATTEMPT = Duration.ofMillis(500);

  private final List<KafkaBroker> brokers = new ArrayList<>();
  private final int controllers;
  private long attempted = System.nanoTime() - ATTEMPT.toNanos();

  /**
   * Starts nothing yet.
   *
   * @param count brokers that there can be
   * @param controllers of them
   */
  KafkaNodes(Path directory, int count, int controllers) {
    this.controllers = controllers;
    KafkaQuorum quorum = KafkaQuorum.of(controllers);
    for (int id = 1; id <= count; id++) {
      brokers.add(KafkaBroker.member(directory.resolve("broker-" + id), quorum, id, HEAP));
    }
  }

  @Override
  public String name() {
    return "Kafka";
  }

  /** All at once: without most of the controllers none of them serves. */
  @Override
  public void startFirst(int count) {
    List<KafkaBroker> first = brokers.subList(0, count);
    first.forEach(KafkaBroker::launch);
    first.forEach(broker -> broker.awaitServing(START_TIMEOUT));
  }

  @Override
  public void start(int id) {
    broker(id).launch();
    broker(id).awaitServing(START_TIMEOUT);
  }

  @Override
  public void stop(int id) {
    broker(id).process().stop();
  }

  @Override
  public void kill(int id) {
    broker(id).process().kill();
  }

  @Override
  public void freeze(int id) {
    Signals.freeze(broker(id).process().handle().pid());
  }

  @Override
  public void thaw(int id) {
    Signals.thaw(broker(id).process().handle().pid());
  }

  @Override
  public boolean hasComeBack(int id) {
    try (KafkaOperator operator = new KafkaOperator(bootstrap(controllers))) {
      return operator.sees(id);
    }
  }

  /** Replicas for a broker that had none, and the leadership of those that are the first ones. */
  @Override
  public void giveShare(int id, int all, String topic) {
    if (System.nanoTime() - attempted < ATTEMPT.toNanos()) {
      return;
    }
    try (KafkaOperator operator = new KafkaOperator(bootstrap(controllers))) {
      operator.giveReplicas(id, all, topic);
      operator.electPreferred(topic);
    }
    attempted = System.nanoTime();
  }

  @Override
  public long recordBytes(int id) {
    // Indexes and the like are no records.
    return DiskUse.of(broker(id).data(), file -> file.toString().endsWith(".log"));
  }

  @Override
  public String bootstrap(int count) {
    return brokers.stream()
        .limit(count)
        .map(KafkaBroker::bootstrap)
        .collect(Collectors.joining(","));
  }

  private KafkaBroker broker(int id) {
    return brokers.get(id - 1);
  }

  /** Killed, since brokers that stop one after the other would wait for controllers. */
  @Override
  public void killAll() {
    brokers.stream()
        .filter(broker -> !broker.processes().isEmpty())
        .forEach(broker -> broker.process().kill());
  }

  @Override
  public void close() {
    killAll();
  }
}
