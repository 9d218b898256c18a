package io.castalia.node.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.pekko.Done;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "consume",
    description = {
      "Print records, each in a line.",
      "Given a start it ends where the topic ended when it began; with --count it waits for that"
          + " many records; with --follow, with --group, or without a start, it goes on until Ctrl-C."
    })
final class ConsumeCommand implements Callable<Integer> {
  private final Console console;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Bootstrap bootstrap = new Bootstrap();
  @Mixin private RecordLine line = new RecordLine();

  @Parameters(paramLabel = "TOPIC", description = "An existing topic.")
  private String topic = "";

  @ArgGroup(exclusive = true)
  private StartPoint start = new StartPoint();

  @Option(names = "--partition", paramLabel = "N", description = "Read this partition only.")
  private Optional<Integer> partition = Optional.empty();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Read as a member of this group, from where it is; commit what is printed.")
  private Optional<String> group = Optional.empty();

  @Option(names = "--count", paramLabel = "N", description = "Stop after this many records.")
  private Optional<Long> count = Optional.empty();

  @Option(names = "--follow", description = "Go on with records yet to come.")
  private boolean follow;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Stop when no record has come for this long, such as 10s.")
  private Optional<String> timeout = Optional.empty();

  ConsumeCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Instant> since;
    Optional<Duration> patience;
    try {
      since = start.since(clock);
      patience = timeout.map(TimeWords::duration);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (group.isPresent()
        && (partition.isPresent() || start.offset().isPresent() || since.isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          "expected no --partition, --offset or --since with --group: a group has its own place");
    }
    Map<String, Object> properties = bootstrap.properties();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // When retention overtakes a slow reader, it goes on with what is left.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    if (group.isPresent()) {
      return consumeAsMember(group.get(), properties, patience);
    }
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      seek(consumer, partitions, since);
      RecordPrinter printer =
          new RecordPrinter(console, line, count.orElse(Long.MAX_VALUE), next -> {});
      boolean bounded = !follow && count.isEmpty() && !start.isEnd();
      return printer.print(
          consumer, bounded ? consumer.endOffsets(partitions) : Map.of(), patience);
    }
  }

  /** Goes on until the count, the timeout or Ctrl-C, and then leaves the group at once. */
  private int consumeAsMember(
      String groupId, Map<String, Object> properties, Optional<Duration> patience)
      throws InterruptedException {
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, start.isEnd() ? "latest" : "earliest");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    CompletableFuture<Done> left = new CompletableFuture<>();
    Consumer<byte[], byte[]> member = new KafkaConsumer<>(properties, bytes, bytes);
    StopOnSignal signal = StopOnSignal.install(() -> wakeUp(member, left), console.err());
    try (member) {
      partitions(member);
      GroupProgress progress = new GroupProgress(member);
      member.subscribe(List.of(topic), progress);
      return new RecordPrinter(console, line, count.orElse(Long.MAX_VALUE), progress)
          .print(member, Map.of(), patience);
    } catch (WakeupException stopping) {
      return ExitCode.OK;
    } finally {
      left.complete(Done.getInstance());
      signal.ended();
    }
  }

  private static CompletionStage<Done> wakeUp(
      Consumer<byte[], byte[]> member, CompletableFuture<Done> left) {
    member.wakeup();
    return left;
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    if (known == null || known.isEmpty()) {
      throw UnknownTopic.failure(topic);
    }
    if (partition.isPresent() && (partition.get() < 0 || partition.get() >= known.size())) {
      throw new CommandFailure(
          "expected a partition from 0 to %d of topic \"%s\", but it was %d"
              .formatted(known.size() - 1, topic, partition.get()));
    }
    return known.stream()
        .map(PartitionInfo::partition)
        .filter(index -> partition.isEmpty() || partition.get().equals(index))
        .sorted()
        .map(index -> new TopicPartition(topic, index))
        .toList();
  }

  private void seek(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Optional<Instant> since) {
    if (start.offset().isPresent()) {
      seek(consumer, partitions, start.offset().get());
    } else if (since.isPresent()) {
      seek(consumer, partitions, since.get());
    } else if (start.isEnd()) {
      consumer.seekToEnd(partitions);
    } else {
      consumer.seekToBeginning(partitions);
    }
  }

  private static void seek(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, long offset) {
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition target : partitions) {
      long first = starts.getOrDefault(target, 0L);
      long end = ends.getOrDefault(target, 0L);
      if (offset < first || offset > end) {
        throw new CommandFailure(
            "offset %d is out of range: partition %d of \"%s\" begins at %d and ends before %d"
                .formatted(offset, target.partition(), target.topic(), first, end));
      }
      consumer.seek(target, offset);
    }
  }

  private static void seek(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Instant since) {
    Map<TopicPartition, Long> wanted =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), any -> since.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
    for (TopicPartition target : partitions) {
      OffsetAndTimestamp first = found.get(target);
      if (first == null) {
        consumer.seekToEnd(List.of(target));
      } else {
        consumer.seek(target, first.offset());
      }
    }
  }
}
