package io.castalia.node.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "produce",
    description = "Publish each line of standard input as a record, byte for byte.")
final class ProduceCommand implements Callable<Integer> {
  private static final int GIVE_UP_MILLIS = 60_000;

  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(paramLabel = "TOPIC", description = "An existing topic.")
  private String topic = "";

  @Option(
      names = "--key-separator",
      paramLabel = "TEXT",
      description = "Lines are KEY TEXT VALUE; without this option they are values.")
  private String keySeparator = "";

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "A header for every record; repeatable.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(names = "--partition", paramLabel = "N", description = "Publish to this partition only.")
  private Optional<Integer> partition = Optional.empty();

  @Option(
      names = "--compression",
      paramLabel = "CODEC",
      defaultValue = "none",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Codec compression = Codec.none;

  @Option(
      names = "--acks",
      paramLabel = "ACKS",
      defaultValue = "all",
      description = "all, 1 (same here) or 0: do not wait (default: ${DEFAULT-VALUE}).")
  private String acks = "all";

  ProduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, ExecutionException, InterruptedException {
    Map<String, Object> properties = bootstrap.properties();
    checkTopic(properties);
    properties.put(ProducerConfig.ACKS_CONFIG, acks);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.name());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS);
    // The topic's own limit decides, not the client's.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * LineSource.MAX_LINE_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 3L * LineSource.MAX_LINE_BYTES);
    ByteArraySerializer bytes = new ByteArraySerializer();
    Publication publication = new Publication();
    LineSource lines = new LineSource(console.in());
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes)) {
      return publish(producer, lines, publication);
    }
  }

  private int publish(Producer<byte[], byte[]> producer, LineSource lines, Publication publication)
      throws IOException {
    RecordTemplate template =
        new RecordTemplate(topic, partition.orElse(null), keySeparator, headers);
    Progress progress = new Progress(console, "lines published");
    long startedAt = System.nanoTime();
    Optional<Exception> problem;
    try {
      Optional<byte[]> line = lines.next();
      while (line.isPresent() && publication.failure().isEmpty()) {
        var unused = producer.send(template.record(line.get(), lines.count()), publication);
        progress.show(publication.acknowledged());
        line = lines.next();
      }
      producer.flush();
      problem = publication.failure();
    } catch (KafkaException | CommandFailure e) {
      producer.close(Duration.ofMillis(GIVE_UP_MILLIS));
      problem = Optional.of(publication.failure().orElse(e));
    }
    progress.done();
    return report(lines.count(), publication.acknowledged(), problem, startedAt);
  }

  private int report(long read, long published, Optional<Exception> problem, long startedAt) {
    if (problem.isPresent()) {
      console
          .err()
          .printf(
              "castalia: published %d of the %d lines read; then: %s%n",
              published, read, FailureText.of(problem.get()));
      return ExitCode.SOFTWARE;
    }
    double seconds = Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1000.0;
    console.out().printf("Published %d lines to \"%s\" in %.1f s.%n", published, topic, seconds);
    console.out().flush();
    return ExitCode.OK;
  }

  /** A mistyped name must not create a topic, as a producer's request for metadata may. */
  private void checkTopic(Map<String, Object> properties)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(properties)) {
      UnknownTopic.orResult(admin.describeTopics(List.of(topic)).allTopicNames(), List.of(topic));
    }
  }

  /** Kafka's names of compression codecs. */
  enum Codec {
    none,
    gzip,
    snappy,
    lz4,
    zstd
  }
}
