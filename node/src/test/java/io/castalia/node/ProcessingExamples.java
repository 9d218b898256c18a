package io.castalia.node;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.Failure;
import io.castalia.streams.processing.GlobalKTable;
import io.castalia.streams.processing.Grouped;
import io.castalia.streams.processing.JoinWindows;
import io.castalia.streams.processing.Joined;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.KTable;
import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Processor;
import io.castalia.streams.processing.ProcessorContext;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.PunctuationType;
import io.castalia.streams.processing.StreamJoined;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Suppressed;
import io.castalia.streams.processing.TimeWindows;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.WindowedSerdes;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingClient;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import io.castalia.streams.processing.runtime.TaskStatus;
import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.Stores;
import io.castalia.streams.processing.test.TestInputTopic;
import io.castalia.streams.processing.test.TopologyTestKit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** What {@code docs/processing.md} shows. */
final class ProcessingExamples {
  private static final Serde<String> STRINGS = Serdes.String();
  private static final Serde<Long> LONGS = Serdes.Long();

  private ProcessingExamples() {}

  static Topology wordCount() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("lines", Consumed.with(STRINGS, STRINGS))
        .flatMapValues(line -> List.of(line.toLowerCase(Locale.ROOT).split("\\W+")))
        .groupBy((key, word) -> word, Grouped.with("words", STRINGS, STRINGS))
        .count(Materialized.as("counts"))
        .toStream()
        .to("word-counts", Produced.with(STRINGS, LONGS));
    return builder.build();
  }

  static ProcessingApplication run(ActorSystem<?> system) {
    ProcessingApplication application =
        ProcessingApplication.start(
            system,
            wordCount(),
            ProcessingSettings.create(system, "word-count")
                .withErrorPolicy(ErrorPolicy.deadLetter("bad-lines")));
    application.ready().toCompletableFuture().join();
    return application;
  }

  static ErrorPolicy puttingAside() {
    ErrorPolicy policy =
        ErrorPolicy.fail().except(Failure::reading, ErrorPolicy.deadLetter("bad-lines"));
    return policy;
  }

  static CompletionStage<Optional<Long>> ask(ActorSystem<?> system) {
    ProcessingClient client = ProcessingClient.create(system, "word-count", Duration.ofSeconds(10));
    CompletionStage<Optional<Long>> count = client.get("counts", "castle", STRINGS, LONGS);
    return count;
  }

  static Source<KeyValue<String, Long>, NotUsed> askAll(ProcessingClient client) {
    Source<KeyValue<String, Long>, NotUsed> counts = client.all("counts", STRINGS, LONGS);
    return counts;
  }

  static CompletionStage<Done> stop(ActorSystem<?> system) {
    ProcessingClient client = ProcessingClient.create(system, "stopping", Duration.ofSeconds(10));
    CompletionStage<Done> stopped = client.stop();
    return stopped;
  }

  static CompletionStage<List<TaskStatus>> status(ProcessingClient client) {
    CompletionStage<List<TaskStatus>> tasks = client.tasks();
    return tasks;
  }

  static Topology hourly() {
    StreamsBuilder builder = new StreamsBuilder();
    Duration hour = Duration.ofHours(1);
    builder.stream("requests", Consumed.with(STRINGS, STRINGS))
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeAndGrace(hour, Duration.ofMinutes(5)))
        .count(Materialized.as("hourly"))
        .suppress(Suppressed.untilWindowCloses())
        .toStream()
        .to(
            "hourly-requests",
            Produced.with(WindowedSerdes.timeWindowedSerdeFrom(STRINGS, hour), LONGS));
    return builder.build();
  }

  static Topology joins() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> orders = builder.stream("orders", Consumed.with(STRINGS, STRINGS));
    KStream<String, String> payments = builder.stream("payments", Consumed.with(STRINGS, STRINGS));
    KTable<String, String> customers =
        builder.table("customers", Consumed.with(STRINGS, STRINGS), Materialized.as("customers"));
    orders
        .leftJoin(
            customers,
            (order, customer) -> order + " for " + customer,
            Joined.with(STRINGS, STRINGS))
        .to("orders-with-names", Produced.with(STRINGS, STRINGS));
    orders
        .leftJoin(
            payments,
            (order, payment) -> payment == null ? "unpaid: " + order : "paid: " + order,
            JoinWindows.ofTimeDifferenceAndGrace(Duration.ofMinutes(30), Duration.ofMinutes(5)),
            StreamJoined.with(STRINGS, STRINGS, STRINGS))
        .to("paid-orders", Produced.with(STRINGS, STRINGS));
    return builder.build();
  }

  static Topology globalNames() {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> orders = builder.stream("shipments", Consumed.with(STRINGS, STRINGS));
    GlobalKTable<String, String> customers =
        builder.globalTable("people", Consumed.with(STRINGS, STRINGS));
    orders
        .join(
            customers,
            (orderId, order) -> order.substring(0, order.indexOf(':')),
            (order, customer) -> order + " for " + customer)
        .to("orders-with-names", Produced.with(STRINGS, STRINGS));
    return builder.build();
  }

  static Topology foreignKeys() {
    StreamsBuilder builder = new StreamsBuilder();
    KTable<String, String> orders = builder.table("orders", Consumed.with(STRINGS, STRINGS));
    KTable<String, String> customers = builder.table("customers", Consumed.with(STRINGS, STRINGS));
    orders
        .leftJoin(
            customers,
            order -> order.substring(0, order.indexOf(':')),
            (order, customer) -> customer == null ? order : order + " for " + customer,
            Materialized.as("orders-by-name", STRINGS, STRINGS))
        .toStream()
        .to("orders-with-names", Produced.with(STRINGS, STRINGS));
    return builder.build();
  }

  static final StoreSpec<String, Long> LAST_SEEN =
      Stores.keyValueStore("last-seen", STRINGS, LONGS);

  /** Tells of devices that have been silent for a minute. */
  @NullUnmarked // keys and values of this topic are never null
  static final class Silence implements Processor<String, String, String, String> {
    private KeyValueStore<String, Long> lastSeen;

    @Override
    public void init(ProcessorContext<String, String> context) {
      lastSeen = context.keyValueStore(LAST_SEEN);
      context.scheduleForEach(
          Duration.ofMinutes(1),
          PunctuationType.WALL_CLOCK_TIME,
          LAST_SEEN,
          (device, seen, now) -> {
            if (seen < now - 60_000) {
              context.forward(new StreamRecord<>(device, "silent", now, List.of()));
              lastSeen.delete(device);
            }
          });
    }

    @Override
    public void process(StreamRecord<String, String> record) {
      lastSeen.put(record.key(), record.timestamp());
    }
  }

  static Topology silence() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("devices", Consumed.with(STRINGS, STRINGS))
        .process(Silence::new, LAST_SEEN)
        .to("silent-devices", Produced.with(STRINGS, STRINGS));
    return builder.build();
  }

  static @Nullable Long test() {
    TopologyTestKit kit = TopologyTestKit.of(wordCount());
    TestInputTopic<String, String> lines =
        kit.createInputTopic("lines", STRINGS.serializer(), STRINGS.serializer());

    lines.pipeInput(null, "the king of the castle");

    return kit.<String, Long>getKeyValueStore("counts").get("the");
  }
}
