package io.castalia.bench.applications;

import io.castalia.streams.processing.Consumed;
import io.castalia.streams.processing.KStream;
import io.castalia.streams.processing.Materialized;
import io.castalia.streams.processing.Produced;
import io.castalia.streams.processing.StreamsBuilder;
import io.castalia.streams.processing.Topology;
import io.castalia.streams.processing.runtime.ProcessingApplication;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.pekko.actor.typed.ActorSystem;

/** A service that works on streams with Castalia. */
public final class CastaliaApplication {
  private static final Serde<String> STRINGS = Serdes.String();

  private CastaliaApplication() {}

  /**
   * Joins the cluster and works until the process is told to end.
   *
   * @param arguments those of the {@link Job}; HOST:PORT of a node in the cluster and of its
   *     Cassandra; and the port to listen on for other members
   */
  public static void main(String[] arguments) {
    Job job = Job.of(arguments);
    ActorSystem<Void> system =
        CastaliaMember.join(
            Job.behind(0, arguments), Job.behind(1, arguments), Job.behind(2, arguments));
    ProcessingApplication application =
        ProcessingApplication.start(
            system,
            topology(job),
            ProcessingSettings.create(system, job.application()).withRole(CastaliaMember.ROLE));
    application.ready().toCompletableFuture().join();
    System.out.println(Job.READY);
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
