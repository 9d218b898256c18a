package io.castalia.streams;

import static org.awaitility.Awaitility.await;

import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerMessage.CommittableMessage;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;

/** A group of one stream, in an actor system with a broker that does what the test says. */
final class StreamedGroup implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final TopicPartition ZERO = new TopicPartition("clicks", 0);
  static final TopicPartition ONE = new TopicPartition("clicks", 1);
  static final Subscription.Auto TOPIC = Subscriptions.topics("clicks");

  private final ActorTestKit testKit = ActorTestKit.create();
  private final FakeBroker broker = new FakeBroker(testKit);
  private final Queue<String> emitted = new ConcurrentLinkedQueue<>();
  private final Queue<CommittableOffset> offsets = new ConcurrentLinkedQueue<>();

  ActorSystem<Void> system() {
    return testKit.system();
  }

  FakeBroker broker() {
    return broker;
  }

  ConsumerSettings<String, String> settings() {
    return ConsumerSettings.create(system(), new StringDeserializer(), new StringDeserializer())
        .withGroupId("billing")
        .withOffsetReset(OffsetReset.EARLIEST);
  }

  /** A stream that remembers what it is given, and commits it. */
  DrainingControl<Done> run(CommitterSettings committer) {
    return Consumer.committableSource(settings(), TOPIC)
        .map(this::remember)
        .toMat(Committer.sink(committer), Consumer::createDrainingControl)
        .run(system());
  }

  /** For a stage of a stream. */
  CommittableOffset remember(CommittableMessage<String, String> message) {
    emitted.add(message.record().value());
    offsets.add(message.committableOffset());
    return message.committableOffset();
  }

  /** The values of what was remembered. */
  Queue<String> emitted() {
    return emitted;
  }

  /** The offsets of what was remembered. */
  Queue<CommittableOffset> offsets() {
    return offsets;
  }

  /** Waits until the broker has heard that the stream has these partitions, and no others. */
  void awaitOwned(TopicPartition... partitions) {
    await().atMost(PATIENCE).until(() -> broker.owned().equals(Set.of(partitions)));
  }

  static <T> T pull(SinkQueueWithCancel<T> queue) {
    return join(queue.pull()).orElseThrow();
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage
        .toCompletableFuture()
        .copy()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    testKit.shutdownTestKit();
  }
}
