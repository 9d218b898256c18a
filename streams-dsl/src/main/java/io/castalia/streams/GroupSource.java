package io.castalia.streams;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.function.Creator;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Sources over the partitions that a {@link StreamMember} gets. Every record passes its lease's
 * gate as the last thing before it is emitted, so that nothing is emitted of a partition that has
 * been asked back, wherever it was buffered.
 */
record GroupSource<K, V>(ConsumerSettings<K, V> settings, Subscription subscription) {
  /** Most partitions of one stream at a time. */
  private static final int MAX_PARTITIONS = 10_000;

  GroupSource {
    if (settings.group().groupId().isEmpty()) {
      throw new IllegalArgumentException(
          "expected settings with a group id for " + subscription + ", but there was none");
    }
  }

  /** A record, and whose it is. */
  record Leased<K, V>(PartitionLease lease, ConsumerRecord<K, V> record) {}

  /** The records of all partitions, in order within each. */
  Source<Leased<K, V>, Consumer.Control> merged() {
    return ungated(this::committed)
        .filter(each -> each.lease().admit(each.record().offset()))
        .watchTermination(SessionControl::new);
  }

  /** As {@link #merged}, but for each record waits for what opens the gate for it. */
  Source<ConsumerRecord<K, V>, Consumer.Control> merged(
      Function<Leased<K, V>, CompletionStage<Boolean>> gate) {
    return ungated(this::committed)
        .mapAsync(
            1,
            leased ->
                gate.apply(leased)
                    .thenApply(
                        open ->
                            open
                                ? Optional.of(leased.record())
                                : Optional.<ConsumerRecord<K, V>>empty()))
        .filter(Optional::isPresent)
        .map(Optional::get)
        .watchTermination(SessionControl::new);
  }

  /** As {@link #merged}, for a stream that does not commit: a partition need not drain. */
  Source<ConsumerRecord<K, V>, Consumer.Control> uncommitted() {
    return ungated(this::records)
        .filter(each -> each.lease().isOpen())
        .map(Leased::record)
        .watchTermination(SessionControl::new);
  }

  private Source<Leased<K, V>, StreamSession> ungated(
      Function<PartitionLease, Source<Leased<K, V>, NotUsed>> records) {
    return leases().flatMapMerge(MAX_PARTITIONS, records);
  }

  /** Each partition with the source of its records, which completes when the partition goes. */
  Source<Pair<TopicPartition, Source<Leased<K, V>, NotUsed>>, Consumer.Control> partitioned() {
    return leases()
        .map(
            lease ->
                Pair.create(
                    lease.partition(),
                    committed(lease).filter(each -> lease.admit(each.record().offset()))))
        .watchTermination(SessionControl::new);
  }

  /**
   * As {@link #partitioned}, for a stream that does not commit.
   *
   * @param begin where the records of a lease begin; asked when its source is run
   */
  Source<Pair<TopicPartition, Source<ConsumerRecord<K, V>, NotUsed>>, Consumer.Control>
      plainPartitions(
          Function<PartitionLease, CompletionStage<Optional<OffsetAndMetadata>>> begin) {
    return leases()
        .map(lease -> Pair.create(lease.partition(), plain(lease, () -> begin.apply(lease))))
        .watchTermination(SessionControl::new);
  }

  private Source<ConsumerRecord<K, V>, NotUsed> plain(
      PartitionLease lease, Creator<CompletionStage<Optional<OffsetAndMetadata>>> begin) {
    return Source.lazyCompletionStage(begin)
        .flatMapConcat(committed -> reader(lease).from(lease.holder(), committed, begun -> {}))
        .via(lease.killSwitch().flow())
        .filter(record -> lease.isOpen())
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  private Source<PartitionLease, StreamSession> leases() {
    return Source.<PartitionLease>queue(MAX_PARTITIONS)
        .mapMaterializedValue(queue -> StreamSession.start(settings, subscription, queue));
  }

  private Source<Leased<K, V>, NotUsed> records(PartitionLease lease) {
    return records(lease, begun -> {});
  }

  /**
   * As {@link #records}, for a stream that commits. Where it began at the end is committed at once:
   * otherwise what comes until its first commit would be passed over by who reads on after a crash.
   */
  private Source<Leased<K, V>, NotUsed> committed(PartitionLease lease) {
    return settings.offsetReset() == OffsetReset.LATEST
        ? records(lease, begun -> commit(lease, begun))
        : records(lease);
  }

  private static void commit(PartitionLease lease, long begun) {
    var unused = lease.holder().commit(Map.of(lease, new OffsetAndMetadata(begun)));
  }

  private Source<Leased<K, V>, NotUsed> records(PartitionLease lease, LongConsumer begun) {
    return reader(lease)
        .from(lease.holder(), lease.begin(), begun)
        .via(lease.killSwitch().flow())
        .map(record -> new Leased<>(lease, record));
  }

  private PartitionReader<K, V> reader(PartitionLease lease) {
    return new PartitionReader<>(settings, lease.partition());
  }

  /** Tells the session when the source has ended. */
  private record SessionControl(StreamSession session) implements Consumer.Control {
    SessionControl(StreamSession session, CompletionStage<Done> terminated) {
      this(session);
      var unused =
          terminated.whenComplete(
              (done, failure) -> session.sourceEnded(Optional.ofNullable(failure)));
    }

    @Override
    public CompletionStage<Done> stop() {
      session.stop();
      return isShutdown();
    }

    @Override
    public CompletionStage<Done> shutdown() {
      session.streamEnded();
      return isShutdown();
    }

    @Override
    public CompletionStage<Done> isShutdown() {
      return session.ended();
    }
  }
}
