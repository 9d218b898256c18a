package io.castalia.streams;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.stream.BoundedSourceQueue;

/**
 * What one running source has to do with its group: the way from its stages, and from the offsets
 * that it gave out, to its {@link StreamMember}. For use by many threads.
 */
final class StreamSession implements LeaseHolder {
  private final String groupId;
  private final AtomicLong commitNumber = new AtomicLong();
  private final Map<Long, CompletableFuture<Map<PartitionLease, Errors>>> commits =
      new ConcurrentHashMap<>();
  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private final Optional<TopicsAtStart> topics;
  private final ActorRef<StreamCommand> member;

  private StreamSession(
      ConsumerSettings<?, ?> settings,
      Subscription subscription,
      BoundedSourceQueue<PartitionLease> leases) {
    this.groupId = settings.group().groupId();
    this.topics = TopicsAtStart.of(settings, subscription);
    this.member =
        settings
            .system()
            .systemActorOf(
                StreamMember.create(this, settings, subscription, new LeaseQueue(leases)),
                "stream-" + UUID.randomUUID(),
                Props.empty());
  }

  /**
   * Joins the group.
   *
   * @param leases gets each partition that the stream may read
   */
  static StreamSession start(
      ConsumerSettings<?, ?> settings,
      Subscription subscription,
      BoundedSourceQueue<PartitionLease> leases) {
    return new StreamSession(settings, subscription, leases);
  }

  @Override
  public String groupId() {
    return groupId;
  }

  @Override
  public CompletionStage<Map<PartitionLease, Errors>> commit(
      Map<PartitionLease, OffsetAndMetadata> offsets) {
    var done = new CompletableFuture<Map<PartitionLease, Errors>>();
    long number = commitNumber.incrementAndGet();
    commits.put(number, done);
    var unused = done.whenComplete((result, failure) -> commits.remove(number));
    member.tell(new StreamCommand.Commit(Map.copyOf(offsets), done));
    if (ended.isDone()) {
      done.complete(Map.of());
    }
    return done;
  }

  @Override
  public CompletionStage<Boolean> isAdded(TopicPartition partition) {
    return topics
        .map(known -> known.isAdded(partition))
        .orElseGet(() -> LeaseHolder.super.isAdded(partition));
  }

  /**
   * Passes over what the stream has lost.
   *
   * @throws org.apache.kafka.common.errors.ApiException if anything else was not committed
   */
  static Map<PartitionLease, Errors> orFailure(Map<PartitionLease, Errors> outcome) {
    outcome.forEach(
        (lease, error) -> {
          if (error != Errors.NONE && error != LOST) {
            throw error.exception("offset of " + lease + ": " + error.message());
          }
        });
    return outcome;
  }

  @Override
  public void drained(PartitionLease lease) {
    member.tell(new StreamCommand.Drained(lease));
  }

  /** No more records are to be emitted. */
  void stop() {
    member.tell(new StreamCommand.Stop());
  }

  /** The source has ended: normally, or with a failure after which nothing will be processed. */
  void sourceEnded(Optional<Throwable> failure) {
    member.tell(new StreamCommand.SourceEnded(failure));
  }

  /** The whole stream has ended: nothing more will be processed. */
  void streamEnded() {
    member.tell(new StreamCommand.StreamEnded());
  }

  /** Completes when the group has been left, or fails with the stream's failure. */
  CompletionStage<Done> ended() {
    return ended;
  }

  /** The member is no more. */
  void end(Optional<Throwable> failure) {
    failure.ifPresentOrElse(ended::completeExceptionally, () -> ended.complete(Done.getInstance()));
    commits.values().forEach(done -> done.complete(Map.of()));
  }
}
