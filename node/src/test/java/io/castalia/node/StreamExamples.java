package io.castalia.node;

import io.castalia.api.BrokerReply.Fetched;
import io.castalia.api.BrokerReply.Produced;
import io.castalia.api.CastaliaClient;
import io.castalia.api.OutboundRecord;
import io.castalia.api.group.GroupMember;
import io.castalia.api.group.MemberCommand;
import io.castalia.api.group.MemberEvent;
import io.castalia.api.group.MemberSettings;
import io.castalia.api.group.MemberSubscription;
import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.DeadLetters;
import io.castalia.streams.KeyOrder;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Producer;
import io.castalia.streams.ProducerMessage;
import io.castalia.streams.ProducerSettings;
import io.castalia.streams.Subscriptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/** What {@code docs/streams.md} shows. */
final class StreamExamples {
  private final ActorSystem<?> system;
  private final Queue<String> stored = new ConcurrentLinkedQueue<>();

  StreamExamples(ActorSystem<?> system) {
    this.system = system;
  }

  Queue<String> stored() {
    return stored;
  }

  private CompletionStage<Done> store(ConsumerRecord<String, String> order) {
    stored.add(order.value());
    return CompletableFuture.completedStage(Done.getInstance());
  }

  ConsumerSettings<String, String> settings() {
    ConsumerSettings<String, String> settings =
        ConsumerSettings.create(system, new StringDeserializer(), new StringDeserializer())
            .withGroupId("billing")
            .withClientId("billing-service")
            .withOffsetReset(OffsetReset.EARLIEST)
            .withRebalanceTimeout(Duration.ofSeconds(30));
    return settings;
  }

  DrainingControl<Done> atLeastOnce(ConsumerSettings<String, String> settings) {
    DrainingControl<Done> control =
        Consumer.committableSource(settings, Subscriptions.topics("orders"))
            .mapAsync(
                16, order -> store(order.record()).thenApply(done -> order.committableOffset()))
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  CompletionStage<Done> stop(DrainingControl<Done> control) {
    CompletionStage<Done> ended = control.drainAndShutdown();
    return ended;
  }

  DrainingControl<Done> byPartition(ConsumerSettings<String, String> settings) {
    DrainingControl<Done> control =
        Consumer.committablePartitionedSource(settings, Subscriptions.topicPattern("orders.*"))
            .mapAsyncUnordered(
                100,
                partition ->
                    partition
                        .second()
                        .mapAsync(
                            1,
                            order ->
                                store(order.record()).thenApply(done -> order.committableOffset()))
                        .runWith(Committer.sink(CommitterSettings.create()), system))
            .toMat(Sink.ignore(), Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  /** Results and offsets in one place. */
  private record Database(Queue<String> stored, Map<TopicPartition, Long> offsets) {
    CompletionStage<Map<TopicPartition, Long>> nextOffsets(Set<TopicPartition> partitions) {
      Map<TopicPartition, Long> found = new HashMap<>(offsets);
      found.keySet().retainAll(partitions);
      return CompletableFuture.completedStage(found);
    }

    CompletionStage<Done> store(ConsumerRecord<String, String> order) {
      TopicPartition partition = new TopicPartition(order.topic(), order.partition());
      if (offsets.merge(partition, order.offset() + 1, Math::max) == order.offset() + 1) {
        stored.add(order.value());
      }
      return CompletableFuture.completedStage(Done.getInstance());
    }
  }

  DrainingControl<Done> ownOffsets(
      ConsumerSettings<String, String> settings, Map<TopicPartition, Long> offsets) {
    Database database = new Database(stored, offsets);
    DrainingControl<Done> control =
        Consumer.plainPartitionedManualOffsetSource(
                settings, Subscriptions.topics("orders"), database::nextOffsets)
            .mapAsyncUnordered(
                100,
                partition ->
                    partition.second().mapAsync(1, database::store).runWith(Sink.ignore(), system))
            .toMat(Sink.ignore(), Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  DrainingControl<Done> transform(ConsumerSettings<String, String> settings) {
    ProducerSettings<String, String> producer =
        ProducerSettings.create(system, new StringSerializer(), new StringSerializer());
    DrainingControl<Done> control =
        Consumer.committableSource(settings, Subscriptions.topics("orders"))
            .map(
                order ->
                    order.record().value().isBlank()
                        ? ProducerMessage.<String, String, CommittableOffset>passThrough(
                            order.committableOffset())
                        : ProducerMessage.single(
                            new ProducerRecord<>(
                                "invoices",
                                order.record().key(),
                                order.record().value().toUpperCase(Locale.ROOT)),
                            order.committableOffset()))
            .toMat(
                Producer.committableSink(producer, CommitterSettings.create()),
                Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  DrainingControl<Done> deadLetters(ConsumerSettings<String, String> settings) {
    ProducerSettings<String, String> letters =
        ProducerSettings.create(system, new StringSerializer(), new StringSerializer());
    DrainingControl<Done> control =
        Consumer.sourceWithOffsetContext(settings, Subscriptions.topics("orders"))
            .mapAsync(16, DeadLetters.attempt(this::bill))
            .via(DeadLetters.flowWithContext("dead-orders", letters))
            .toMat(
                Committer.sinkWithOffsetContext(CommitterSettings.create()),
                Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  private CompletionStage<Done> bill(ConsumerRecord<String, String> order) {
    if (order.value().isBlank()) {
      throw new IllegalArgumentException("expected an order, but it was blank");
    }
    return store(order);
  }

  DrainingControl<Done> byKey(ConsumerSettings<String, String> settings) {
    DrainingControl<Done> control =
        Consumer.committableSource(settings, Subscriptions.topics("orders"))
            .via(
                KeyOrder.mapAsyncPerKey(
                    64,
                    order -> order.record().key(),
                    order -> store(order.record()).thenApply(done -> order.committableOffset())))
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  DrainingControl<Done> restarting(ConsumerSettings<String, String> settings) {
    RestartSettings restarts =
        RestartSettings.create(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2);
    DrainingControl<Done> control =
        Consumer.restartOnFailures(
                restarts,
                () -> Consumer.committableSource(settings, Subscriptions.topics("orders")))
            .mapAsync(
                16, order -> store(order.record()).thenApply(done -> order.committableOffset()))
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  DrainingControl<Done> atMostOnce(ConsumerSettings<String, String> settings) {
    DrainingControl<Done> control =
        Consumer.atMostOnceSource(settings, Subscriptions.topics("orders"))
            .mapAsync(1, this::store)
            .toMat(Sink.ignore(), Consumer::createDrainingControl)
            .run(system);
    return control;
  }

  CompletionStage<Produced> publish() {
    CastaliaClient client = CastaliaClient.create(system, Duration.ofSeconds(10));
    OutboundRecord order =
        new OutboundRecord(
            ByteString.fromString("ada"),
            ByteString.fromString("a book"),
            System.currentTimeMillis(),
            List.of());
    CompletionStage<Produced> published = client.produce("wishes", order);
    return published;
  }

  CompletionStage<Fetched> fetch(CastaliaClient client) {
    CompletionStage<Fetched> fetched =
        client.fetch(new TopicPartition("wishes", 0), 0, 1_000_000, Duration.ofSeconds(1));
    return fetched;
  }

  /** An actor that is a member of a group and reads by itself. */
  static final class Worker extends AbstractBehavior<MemberEvent> {
    private final ActorRef<MemberCommand> member;
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();

    private Worker(ActorContext<MemberEvent> context) {
      super(context);
      MemberSettings settings =
          MemberSettings.create("billing", MemberSubscription.to(Set.of("orders")))
              .withClientId("billing-worker");
      member = context.spawn(GroupMember.create(settings, context.getSelf()), "member");
    }

    static Behavior<MemberEvent> create() {
      return Behaviors.setup(Worker::new);
    }

    @Override
    public Receive<MemberEvent> createReceive() {
      return newReceiveBuilder()
          .onMessage(MemberEvent.Assigned.class, this::begin)
          .onMessage(MemberEvent.Revoking.class, this::finish)
          .onMessage(MemberEvent.Lost.class, this::drop)
          .onMessage(MemberEvent.Failed.class, failed -> Behaviors.stopped())
          .onMessage(MemberEvent.Left.class, left -> Behaviors.stopped())
          .build();
    }

    private Behavior<MemberEvent> begin(MemberEvent.Assigned assigned) {
      assigned
          .partitions()
          .forEach(
              (partition, committed) ->
                  next.put(partition, committed.orElse(new OffsetAndMetadata(0))));
      return this;
    }

    private Behavior<MemberEvent> finish(MemberEvent.Revoking revoking) {
      Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>(next);
      last.keySet().retainAll(revoking.partitions());
      member.tell(new MemberCommand.Commit(last, getContext().getSystem().ignoreRef()));
      member.tell(new MemberCommand.Revoked(revoking.partitions()));
      next.keySet().removeAll(revoking.partitions());
      return this;
    }

    private Behavior<MemberEvent> drop(MemberEvent.Lost lost) {
      next.keySet().removeAll(lost.partitions());
      return this;
    }
  }
}
