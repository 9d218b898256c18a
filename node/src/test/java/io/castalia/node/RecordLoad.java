package io.castalia.node;

import io.castalia.streams.Producer;
import io.castalia.streams.ProducerSettings;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/** Numbered records, produced steadily to the partitions of a topic in turn until it is stopped. */
final class RecordLoad {
  private static final int STOP_SECONDS = 90;

  private final AtomicInteger produced = new AtomicInteger();
  private final Pair<UniqueKillSwitch, CompletionStage<Done>> running;

  private RecordLoad(ActorSystem<?> system, String topic, int partitions, int perSecond) {
    var strings = new StringSerializer();
    running =
        Source.fromIterator(() -> IntStream.iterate(0, i -> i + 1).iterator())
            .throttle(perSecond, Duration.ofSeconds(1))
            .viaMat(KillSwitches.single(), Keep.right())
            .map(
                i -> {
                  produced.incrementAndGet();
                  return new ProducerRecord<String, String>(
                      topic, i % partitions, null, "record " + i);
                })
            .toMat(
                Producer.plainSink(ProducerSettings.create(system, strings, strings)), Keep.both())
            .run(system);
  }

  static RecordLoad start(ActorSystem<?> system, String topic, int partitions, int perSecond) {
    return new RecordLoad(system, topic, partitions, perSecond);
  }

  /** Stops it, and tells how many records there are then, all of them durable. */
  int stop() {
    running.first().shutdown();
    running.second().toCompletableFuture().copy().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    return produced.get();
  }
}
