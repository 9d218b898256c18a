package io.castalia.streams;

import io.castalia.streams.ConsumerMessage.CommittableMessage;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import io.castalia.streams.GroupSource.Leased;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.function.Creator;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.KillSwitch;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceWithContext;

/**
 * Sources of records. A source with a subscription to topics is a member of its settings' consumer
 * group while it runs. When the group wants a partition back, the source emits no more of it, waits
 * until everything that it emitted has been committed (at most for the rebalance timeout), and only
 * then does another member read on: no record is processed twice because members come and go. Pass
 * on the offsets of records that you drop, too, or else the partition is held for that long.
 *
 * <p>All sources are back-pressured, and hold at most three fetches of each partition in memory.
 * Retriable errors are repeated; others fail the stream with Kafka's exception (see {@link
 * #restartOnFailures} to go on).
 *
 * <p>A record that cannot be deserialized fails the stream with a {@link
 * org.apache.kafka.common.errors.RecordDeserializationException}, which tells its place and has its
 * bytes. A supervision strategy among the source's attributes may say {@code resume}: then the
 * record is left out, and its offset is committed with that of the next one.
 */
public final class Consumer {
  private Consumer() {}

  /** Materialized by each source: stops it from outside. */
  public interface Control {

    /**
     * Emits no more records, and then completes the source. A source that commits stays in its
     * group until what it emitted has been committed, at most for the rebalance timeout.
     */
    CompletionStage<Done> stop();

    /** Nothing more will be committed: stops the source and leaves the group at once. */
    CompletionStage<Done> shutdown();

    /**
     * Completes when the source has ended and left its group, for whatever reason; fails with the
     * stream's failure.
     */
    CompletionStage<Done> isShutdown();

    /**
     * Ends a stream in order: stops the source, waits for the stream to complete, which commits
     * what was emitted, and shuts down.
     *
     * @return what the stream completed with
     */
    default <T> CompletionStage<T> drainAndShutdown(CompletionStage<T> streamCompletion) {
      CompletionStage<Done> stopped = stop();
      return streamCompletion
          .handle((result, failure) -> shutdown())
          .thenCompose(ending -> ending.handle((done, failure) -> stopped))
          .thenCompose(ended -> streamCompletion);
    }
  }

  /**
   * A source's control together with its stream's completion. Made by {@link
   * #createDrainingControl}, which combines what source and sink materialize.
   */
  public record DrainingControl<T>(Control control, CompletionStage<T> streamCompletion)
      implements Control {
    @Override
    public CompletionStage<Done> stop() {
      return control.stop();
    }

    @Override
    public CompletionStage<Done> shutdown() {
      return control.shutdown();
    }

    @Override
    public CompletionStage<Done> isShutdown() {
      return control.isShutdown();
    }

    /** See {@link Control#drainAndShutdown(CompletionStage)}. */
    public CompletionStage<T> drainAndShutdown() {
      return control.drainAndShutdown(streamCompletion);
    }
  }

  /** For {@code source.toMat(sink, Consumer::createDrainingControl)}. */
  public static <T> DrainingControl<T> createDrainingControl(
      Control control, CompletionStage<T> streamCompletion) {
    return new DrainingControl<>(control, streamCompletion);
  }

  private record SwitchControl(KillSwitch killSwitch, CompletionStage<Done> isShutdown)
      implements Control {
    @Override
    public CompletionStage<Done> stop() {
      return shutdown();
    }

    @Override
    public CompletionStage<Done> shutdown() {
      killSwitch.shutdown();
      return isShutdown;
    }
  }

  /** Emits the records of the subscription's partitions, in order within each, for ever. */
  public static <K, V> Source<ConsumerRecord<K, V>, Control> plainSource(
      ConsumerSettings<K, V> settings, Subscription subscription) {
    if (!(subscription instanceof Subscription.Manual manual)) {
      return new GroupSource<>(settings, subscription).uncommitted();
    }
    return Source.from(manual.partitions())
        .flatMapMerge(
            Math.max(1, manual.partitions().size()),
            partition -> new PartitionReader<>(settings, partition).from(manual))
        .viaMat(KillSwitches.single(), Keep.right())
        .watchTermination(SwitchControl::new);
  }

  /**
   * Emits each record with its offset, to be committed when it has been processed: at least once,
   * and once only as long as no member fails. Begins where the group is.
   */
  public static <K, V> Source<CommittableMessage<K, V>, Control> committableSource(
      ConsumerSettings<K, V> settings, Subscription subscription) {
    return commitWithMetadataSource(settings, subscription, record -> "");
  }

  /**
   * As {@link #committableSource}, and stores a text with each offset.
   *
   * @param metadata the text for a record
   */
  public static <K, V> Source<CommittableMessage<K, V>, Control> commitWithMetadataSource(
      ConsumerSettings<K, V> settings,
      Subscription subscription,
      Function<ConsumerRecord<K, V>, String> metadata) {
    return new GroupSource<>(settings, subscription)
        .merged()
        .map(leased -> committable(leased, metadata.apply(leased.record())));
  }

  /**
   * As {@link #committableSource}, with each record's offset in the context, so that it goes with
   * whatever becomes of the record. An operator that drops elements drops their offsets too; emit
   * an empty {@link java.util.Optional} instead.
   */
  public static <K, V>
      SourceWithContext<ConsumerRecord<K, V>, CommittableOffset, Control> sourceWithOffsetContext(
          ConsumerSettings<K, V> settings, Subscription subscription) {
    return committableSource(settings, subscription)
        .asSourceWithContext(CommittableMessage::committableOffset)
        .map(CommittableMessage::record);
  }

  /**
   * A source that is started again, after a growing pause, when it fails; the control stays the
   * same. It ends when it is stopped, or fails when the settings allow no more restarts. What fails
   * further down the stream is not its affair, and a record that cannot be deserialized would be
   * met again each time: leave such records to {@link DeadLetters}, or to supervision.
   *
   * <p>What was emitted before a failure and not committed is emitted again.
   *
   * @param source makes a source of this class
   */
  public static <T> Source<T, Control> restartOnFailures(
      RestartSettings settings, Creator<Source<T, Control>> source) {
    return RestartingSource.create(settings, source);
  }

  /**
   * Emits each partition that the group gives to this member with the source of its records, which
   * completes when the group wants it back, to be processed by itself. The sources must all be run.
   */
  public static <K, V>
      Source<Pair<TopicPartition, Source<CommittableMessage<K, V>, NotUsed>>, Control>
          committablePartitionedSource(
              ConsumerSettings<K, V> settings, Subscription.Auto subscription) {
    return new GroupSource<>(settings, subscription)
        .partitioned()
        .map(
            pair ->
                Pair.create(pair.first(), pair.second().map(leased -> committable(leased, ""))));
  }

  /**
   * As {@link #committablePartitionedSource}, for a stream that commits nothing: a partition goes
   * to another member without waiting for what was emitted of it.
   */
  public static <K, V>
      Source<Pair<TopicPartition, Source<ConsumerRecord<K, V>, NotUsed>>, Control>
          plainPartitionedSource(ConsumerSettings<K, V> settings, Subscription.Auto subscription) {
    return new GroupSource<>(settings, subscription)
        .plainPartitions(lease -> CompletableFuture.completedStage(lease.begin()));
  }

  /**
   * As {@link #plainPartitionedSource}, for a stream that keeps its offsets with its results, in a
   * database for example: each partition begins where that says. What was emitted of a partition
   * may still be on its way when another member reads on, so let the database refuse an offset that
   * does not follow the one it has.
   *
   * @param getOffsetsOnAssign tells the offset of the first record to emit, when the source of a
   *     partition is run; one that it leaves out begins where the settings' offset reset says
   */
  public static <K, V>
      Source<Pair<TopicPartition, Source<ConsumerRecord<K, V>, NotUsed>>, Control>
          plainPartitionedManualOffsetSource(
              ConsumerSettings<K, V> settings,
              Subscription.Auto subscription,
              Function<Set<TopicPartition>, CompletionStage<Map<TopicPartition, Long>>>
                  getOffsetsOnAssign) {
    return new GroupSource<>(settings, subscription)
        .plainPartitions(
            lease ->
                getOffsetsOnAssign
                    .apply(Set.of(lease.partition()))
                    .thenApply(
                        offsets ->
                            Optional.ofNullable(offsets.get(lease.partition()))
                                .map(OffsetAndMetadata::new)));
  }

  /**
   * Commits each record's offset before it emits the record: no record is emitted twice, and those
   * that are being processed when the stream fails are not processed again. Slow, since each record
   * waits for a commit.
   */
  public static <K, V> Source<ConsumerRecord<K, V>, Control> atMostOnceSource(
      ConsumerSettings<K, V> settings, Subscription subscription) {
    return new GroupSource<>(settings, subscription).merged(Consumer::commitFirst);
  }

  private static <K, V> CompletionStage<Boolean> commitFirst(Leased<K, V> leased) {
    PartitionLease lease = leased.lease();
    OffsetAndMetadata next = new OffsetAndMetadata(leased.record().offset() + 1);
    if (!lease.admit(leased.record().offset())) {
      return CompletableFuture.completedStage(false);
    }
    CompletionStage<Map<PartitionLease, Errors>> outcome =
        lease.holder().commit(Map.of(lease, next));
    lease.processed(next);
    return outcome
        .thenApply(StreamSession::orFailure)
        .thenApply(codes -> codes.get(lease) == Errors.NONE);
  }

  private static <K, V> CommittableMessage<K, V> committable(Leased<K, V> leased, String metadata) {
    return new CommittableMessage<>(
        leased.record(), new CommittableOffset(leased.lease(), leased.record().offset(), metadata));
  }

  /** For tests of streams that have no source of ours. */
  public static Control createNoopControl() {
    return new NoopControl();
  }
}
