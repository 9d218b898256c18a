package io.castalia.streams.connect;

import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerMessage.CommittableMessage;
import io.castalia.streams.ConsumerMessage.CommittableOffsetBatch;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.DeadLetters;
import io.castalia.streams.DeadLetters.Attempt;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.ProducerSettings;
import io.castalia.streams.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;

/**
 * One run of a sink's task: a member of the connector's consumer group whose records go to its
 * writer in batches, and whose offsets are committed behind them.
 */
final class SinkRun implements TaskRun {
  /** Kafka Connect names its groups so. */
  private static final String GROUP_PREFIX = "connect-";

  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

  private final TaskContext task;
  private final SinkWriter writer;
  private final MissingTopics missing;
  private final DrainingControl<Done> control;
  private final CompletionStage<Done> ended;

  SinkRun(SinkPlugin plugin, TaskContext task) {
    this.task = task;
    this.writer = plugin.open(task);
    this.missing =
        MissingTopics.among(task.system(), Set.copyOf(task.config().get(CommonKeys.TOPICS)));
    this.control =
        Consumer.committableSource(settings(), topics())
            .groupedWithin(
                task.config().get(CommonKeys.BATCH), task.config().get(CommonKeys.LINGER))
            .via(putsAside() ? tolerant() : strict())
            .toMat(
                Committer.sink(CommitterSettings.create().withMaxInterval(COMMIT_INTERVAL)),
                Consumer::createDrainingControl)
            .run(task.system());
    this.ended =
        control
            .streamCompletion()
            .whenCompleteAsync(
                (done, failure) -> {
                  missing.stop();
                  writer.close();
                })
            .thenCombine(control.isShutdown(), (done, left) -> done);
  }

  private ConsumerSettings<byte[], byte[]> settings() {
    return ConsumerSettings.create(
            task.system(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .withGroupId(GROUP_PREFIX + task.config().name())
        .withClientId(task.id())
        .withOffsetReset(OffsetReset.EARLIEST);
  }

  private io.castalia.streams.Subscription.Auto topics() {
    return Subscriptions.topics(Set.copyOf(task.config().get(CommonKeys.TOPICS)));
  }

  private boolean putsAside() {
    return task.config().get(CommonKeys.TOLERANCE) == CommonKeys.Tolerance.ALL;
  }

  private Flow<List<CommittableMessage<byte[], byte[]>>, CommittableOffsetBatch, NotUsed> strict() {
    return Flow.<List<CommittableMessage<byte[], byte[]>>>create()
        .mapAsync(1, batch -> writer.write(records(batch)).thenApply(done -> offsets(batch)));
  }

  /** Batches with a bad record are written again, record by record. */
  private Flow<List<CommittableMessage<byte[], byte[]>>, CommittableOffsetBatch, NotUsed>
      tolerant() {
    ProducerSettings<byte[], byte[]> letters =
        ProducerSettings.create(
            task.system(), new ByteArraySerializer(), new ByteArraySerializer());
    return Flow.<List<CommittableMessage<byte[], byte[]>>>create()
        .mapAsync(
            1, batch -> attempts(records(batch)).thenApply(all -> Pair.create(all, offsets(batch))))
        .mapConcat(SinkRun::withOffsetsBehind)
        .via(
            DeadLetters.<byte[], byte[], Done, Optional<CommittableOffsetBatch>>flowWithContext(
                    task.config().find(CommonKeys.DEAD_LETTERS).orElseThrow(), letters)
                .asFlow())
        .mapConcat(pair -> pair.second().stream().toList());
  }

  private CompletionStage<List<Attempt<byte[], byte[], Done>>> attempts(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return begin(records)
        .handle(
            (done, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(
                        List.of(
                            new Attempt<byte[], byte[], Done>(
                                records.get(0), Optional.of(done), Optional.empty())))
                    : isBad(failure)
                        ? eachByItself(records)
                        : CompletableFuture.<List<Attempt<byte[], byte[], Done>>>failedStage(
                            failure))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<List<Attempt<byte[], byte[], Done>>> eachByItself(
      List<ConsumerRecord<byte[], byte[]>> records) {
    return Source.from(records)
        .mapAsync(1, this::attempt)
        .runWith(org.apache.pekko.stream.javadsl.Sink.seq(), task.system());
  }

  private CompletionStage<Attempt<byte[], byte[], Done>> attempt(
      ConsumerRecord<byte[], byte[]> record) {
    return begin(List.of(record))
        .handle(
            (done, failure) ->
                failure == null || isBad(failure)
                    ? CompletableFuture.completedStage(
                        new Attempt<byte[], byte[], Done>(
                            record,
                            Optional.ofNullable(done),
                            Optional.ofNullable(failure).map(TaskFailure::rootOf)))
                    : CompletableFuture.<Attempt<byte[], byte[], Done>>failedStage(failure))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Done> begin(List<ConsumerRecord<byte[], byte[]>> records) {
    try {
      return writer.write(records);
    } catch (BadRecordException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static boolean isBad(Throwable failure) {
    return TaskFailure.rootOf(failure) instanceof BadRecordException;
  }

  /** The offsets of a batch follow the last of its attempts. */
  private static List<Pair<Attempt<byte[], byte[], Done>, Optional<CommittableOffsetBatch>>>
      withOffsetsBehind(
          Pair<List<Attempt<byte[], byte[], Done>>, CommittableOffsetBatch> attempted) {
    List<Attempt<byte[], byte[], Done>> attempts = attempted.first();
    int last = attempts.size() - 1;
    return Stream.iterate(0, i -> i <= last, i -> i + 1)
        .map(
            i ->
                Pair.create(
                    attempts.get(i),
                    i == last
                        ? Optional.of(attempted.second())
                        : Optional.<CommittableOffsetBatch>empty()))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(
      List<CommittableMessage<byte[], byte[]>> batch) {
    return batch.stream().map(CommittableMessage::record).toList();
  }

  private static CommittableOffsetBatch offsets(List<CommittableMessage<byte[], byte[]>> batch) {
    return CommittableOffsetBatch.of(
        batch.stream().map(CommittableMessage::committableOffset).toList());
  }

  @Override
  public CompletionStage<Done> ended() {
    return ended;
  }

  @Override
  public String remark() {
    return task.remark().after(missing.remark());
  }

  @Override
  public void stop() {
    var unused = control.drainAndShutdown();
  }
}
