package io.castalia.bench.applications;

import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;

/** The same work with Kafka Streams, exactly once. */
public final class KafkaApplication {
  private static final Serde<String> STRINGS = Serdes.String();

  private KafkaApplication() {}

  /**
   * Works until the process is told to end.
   *
   * @param arguments those of the {@link Job}; HOST:PORT of a broker; a directory for its state;
   *     and the milliseconds after which the group takes a member for dead
   */
  public static void main(String[] arguments) {
    Job job = Job.of(arguments);
    KafkaStreams streams =
        new KafkaStreams(
            topology(job),
            properties(
                job, Job.behind(0, arguments), Job.behind(1, arguments), Job.behind(2, arguments)));
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            System.out.println(Job.READY);
          }
        });
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close, "close"));
    streams.start();
  }

  private static Properties properties(
      Job job, String bootstrap, String directory, String sessionMillis) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, job.application());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(
        StreamsConfig.NUM_STREAM_THREADS_CONFIG, Runtime.getRuntime().availableProcessors());
    // Each new count is a result, as it is with Castalia.
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    properties.put(StreamsConfig.consumerPrefix("session.timeout.ms"), sessionMillis);
    return properties;
  }

  static Topology topology(Job job) {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> records = builder.stream(job.input(), Consumed.with(STRINGS, STRINGS));
    switch (job.work()) {
      case STATELESS ->
          records
              .filter((key, value) -> Work.passes(value))
              .mapValues(value -> value.toUpperCase(Locale.ROOT))
              .to(job.output(), Produced.with(STRINGS, STRINGS));
      case COUNT ->
          records
              .groupByKey()
              .count(Materialized.as(Work.COUNTS))
              .toStream()
              .to(job.output(), Produced.with(STRINGS, Serdes.Long()));
    }
    return builder.build();
  }
}
