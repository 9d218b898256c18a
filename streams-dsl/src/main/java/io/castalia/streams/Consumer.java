package io.castalia.streams;

import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.Done;
import org.apache.pekko.stream.KillSwitch;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;

/** Sources of records. */
public final class Consumer {
  private Consumer() {}

  /** Materialized by each source: stops it from outside. */
  public interface Control {

    /** Completes the source: no more records are emitted. */
    CompletionStage<Done> shutdown();

    /**
     * Completes when the source has ended, for whatever reason; fails with the stream's failure.
     */
    CompletionStage<Done> isShutdown();
  }

  private record SwitchControl(KillSwitch killSwitch, CompletionStage<Done> isShutdown)
      implements Control {
    @Override
    public CompletionStage<Done> shutdown() {
      killSwitch.shutdown();
      return isShutdown;
    }
  }

  /**
   * Emits the records of the subscription's partitions, in order within each partition, for ever.
   * Retriable errors are repeated; others fail the stream with Kafka's exception (wrap it in a
   * {@code RestartSource} to go on).
   */
  public static <K, V> Source<ConsumerRecord<K, V>, Control> plainSource(
      ConsumerSettings<K, V> settings, Subscription subscription) {
    int partitions = Math.max(1, subscription.partitions().size());
    return Source.from(subscription.partitions())
        .flatMapMerge(
            partitions, partition -> new PartitionReader<>(settings, partition).from(subscription))
        .viaMat(KillSwitches.single(), Keep.right())
        .watchTermination(SwitchControl::new);
  }
}
