package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.Stop;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.persistence.LogReader;
import io.castalia.persistence.OwnedLogs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.util.ByteString;

/**
 * Opens a partition of no topic, writes to it, reads it and deletes it. A node that joins a cluster
 * is given partitions that others have served a moment ago, and whatever its process does for the
 * first time takes many times as long as the second time; so it does it before anybody waits.
 */
public final class Rehearsal {
  private static final int APPENDS = 30;
  private static final int FETCH_BYTES = 1 << 20;

  private final ActorSystem<?> system;
  private final PartitionId id = new PartitionId(Uuid.randomUuid(), 0);
  private final Duration timeout;
  private final ActorRef<PartitionCommand> partition;
  private final PartitionReads reads;

  private Rehearsal(ActorSystem<?> system, LogReader reader, OwnedLogs logs) {
    PartitionSettings settings = PartitionSettings.of(system.settings().config());
    this.system = system;
    this.timeout = settings.askTimeout();
    TopicCatalog catalog =
        TopicCatalog.of(new TopicDescription("rehearsal", id.topicId(), 1, Map.of()));
    PartitionResources resources =
        new PartitionResources(
            () -> catalog,
            logs,
            StoreSpace.AMPLE,
            settings,
            Clock.systemUTC(),
            new KnownEpochs(),
            new OpenLogs(),
            (each, owner) -> PartitionJournal.create(each, owner, logs, settings.snapshotEvery()),
            PartitionMeters.none());
    this.partition =
        system.systemActorOf(
            PartitionActor.create(id, system.ignoreRef(), resources),
            "rehearsal-" + id.topicId(),
            Props.empty());
    this.reads = new PartitionReads(reader, this::locate);
  }

  /**
   * Runs it once. If the process ends in the middle, a log of a few rows stays in the store.
   *
   * @return completes when it is over; fails if any of it could not be done
   */
  public static CompletionStage<Done> run(ActorSystem<?> system, LogReader reader, OwnedLogs logs) {
    Rehearsal rehearsal = new Rehearsal(system, reader, logs);
    return rehearsal.play().whenComplete((done, failure) -> rehearsal.partition.tell(new Stop()));
  }

  private CompletionStage<Done> play() {
    CompletionStage<Done> played = CompletableFuture.completedFuture(Done.getInstance());
    for (int each = 0; each < APPENDS; each++) {
      long offset = each;
      played = played.thenCompose(done -> append()).thenCompose(done -> fetch(offset));
    }
    return played.thenCompose(done -> drop());
  }

  private CompletionStage<Done> append() {
    ByteString batch = batch();
    return AskPattern.<PartitionCommand, AppendResult>ask(
            partition, replyTo -> new Append(batch, replyTo), timeout, system.scheduler())
        .thenApply(result -> check(result.error()));
  }

  private static ByteString batch() {
    byte[] value = "a line of no play".getBytes(StandardCharsets.UTF_8);
    SimpleRecord record = new SimpleRecord(System.currentTimeMillis(), value);
    return ByteString.fromByteBuffer(
        MemoryRecords.withRecords(Compression.NONE, record, record).buffer());
  }

  private CompletionStage<Done> fetch(long offset) {
    FetchQuery query = new FetchQuery(offset, FETCH_BYTES, -1, false);
    return reads
        .bounds(id, query)
        .thenCompose(bounds -> reads.read(id, query, bounds))
        .thenApply(result -> check(result.error()));
  }

  private CompletionStage<PartitionBounds> locate(PartitionId asked, long offset, int epoch) {
    return AskPattern.ask(
        partition, replyTo -> new Locate(offset, epoch, replyTo), timeout, system.scheduler());
  }

  private CompletionStage<Done> drop() {
    return AskPattern.<PartitionCommand, Dropped>ask(
            partition, Drop::new, timeout, system.scheduler())
        .thenApply(dropped -> check(dropped.error()));
  }

  private static Done check(Errors error) {
    if (error != Errors.NONE) {
      throw new IllegalStateException("expected a rehearsal without an error, but got " + error);
    }
    return Done.getInstance();
  }
}
