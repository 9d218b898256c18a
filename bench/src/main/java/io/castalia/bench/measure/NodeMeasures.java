package io.castalia.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** What is timed on a running node, with clients that are connected already. */
final class NodeMeasures implements AutoCloseable {

  private static final int TIMEOUT_SECONDS = 120;
  private static final int TOPICS_PER_REQUEST = 100;
  private static final int RECORD_BYTES = 3;

  private final Stopwatch watch;
  private final Admin admin;
  private final PartitionClient client;

  NodeMeasures(String bootstrap, Stopwatch watch) {
    this.watch = watch;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    this.client = new PartitionClient(bootstrap, RECORD_BYTES);
  }

  void manyTopics(int count) throws Exception {
    watch.time("create " + count + " topics, 100 a request", () -> createTopics(count));
    int listed =
        watch
            .time(
                "list them",
                () -> admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
            .size();
    if (listed < count) {
      throw new IllegalStateException("expected " + count + " topics, but got " + listed);
    }
  }

  private int createTopics(int count) throws Exception {
    for (int first = 0; first < count; first += TOPICS_PER_REQUEST) {
      List<NewTopic> topics =
          IntStream.range(first, Math.min(first + TOPICS_PER_REQUEST, count))
              .mapToObj(index -> topic("many-" + index, 1))
              .toList();
      admin.createTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return count;
  }

  void wideTopic(int partitions) throws Exception {
    watch.time(
        "create a topic with " + partitions + " partitions", () -> create("wide", partitions));
    watch.time("one record into each of its partitions", () -> write("wide", partitions));
    watch.time("one record out of each again", () -> read("wide", partitions));
    watch.time("another record into each", () -> write("wide", partitions));
  }

  private boolean create(String name, int partitions) throws Exception {
    admin
        .createTopics(List.of(topic(name, partitions)))
        .all()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return true;
  }

  private static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  private boolean write(String topic, int partitions) {
    client.write(topic, 0, partitions);
    return true;
  }

  private boolean read(String topic, int partitions) {
    client.read(topic, 0, partitions);
    return true;
  }

  @Override
  public void close() {
    client.close();
    admin.close();
  }
}
