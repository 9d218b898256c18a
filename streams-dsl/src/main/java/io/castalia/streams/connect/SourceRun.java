package io.castalia.streams.connect;

import io.castalia.api.CastaliaClient;
import io.castalia.streams.PartitionCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.Done;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;

/** One run of a source's task: what its plugin reads, in batches, through its ledger. */
final class SourceRun implements TaskRun {
  /** A batch is one journal entry, and within one topic's largest message. */
  private static final long BATCH_BYTES = 256 * 1024;

  private static final long RECORD_OVERHEAD_BYTES = 64;

  private final SharedKillSwitch killSwitch = KillSwitches.shared("source-task");
  private final TaskLedger ledger;
  private final PartitionCounts partitionCounts;
  private final MissingTopics missing;
  private final TaskRemark remark;
  private int keyless;
  private final CompletionStage<Done> ended;

  SourceRun(SourcePlugin plugin, TaskContext task, TaskLedger ledger, LedgerPublisher publisher) {
    this.ledger = ledger;
    this.remark = task.remark();
    this.partitionCounts = PartitionCounts.of(publisher.client(), publisher.retry());
    this.missing =
        MissingTopics.among(
            task.system(), task.config().find(CommonKeys.TOPIC).map(Set::of).orElse(Set.of()));
    this.ended =
        ledger
            .open()
            .thenCompose(positions -> run(plugin, task, positions))
            .whenComplete((done, failure) -> missing.stop());
  }

  private CompletionStage<Done> run(SourcePlugin plugin, TaskContext context, Positions positions) {
    Optional<String> waiting = positions.waiting(piece -> plugin.reads(context, piece));
    if (waiting.isPresent()) {
      return CompletableFuture.failedStage(new IllegalStateException(waiting.get()));
    }
    return plugin
        .source(context, positions.at())
        .via(killSwitch.flow())
        .groupedWeightedWithin(
            BATCH_BYTES,
            context.config().get(CommonKeys.BATCH),
            SourceRun::bytes,
            context.config().get(CommonKeys.LINGER))
        .mapAsync(1, this::publish)
        .runWith(Sink.ignore(), context.system());
  }

  private static Long bytes(SourceRecord each) {
    var record = each.record();
    return RECORD_OVERHEAD_BYTES
        + (record.key() == null ? 0 : record.key().length())
        + (record.value() == null ? 0 : record.value().length());
  }

  private CompletionStage<Done> publish(List<SourceRecord> records) {
    return batch(records)
        .thenCompose(ledger::send)
        .thenApply(
            done -> {
              records.forEach(each -> each.durable().complete(done));
              return done;
            });
  }

  private CompletionStage<SourceBatch> batch(List<SourceRecord> records) {
    Map<String, String> positions = new HashMap<>();
    records.forEach(each -> positions.put(each.position().of(), each.position().at()));
    CompletionStage<Map<TopicPartition, List<SourceRecord>>> parts =
        CompletableFuture.completedStage(new LinkedHashMap<>());
    for (SourceRecord each : records) {
      parts =
          parts.thenCombine(
              partitionCounts.of(each.topic()),
              (known, count) -> {
                var partition = new TopicPartition(each.topic(), partitionOf(each, count));
                known.computeIfAbsent(partition, key -> new ArrayList<>()).add(each);
                return known;
              });
    }
    return parts.thenApply(known -> new SourceBatch(parts(known), positions));
  }

  private static List<SourceBatch.Part> parts(Map<TopicPartition, List<SourceRecord>> known) {
    return known.entrySet().stream()
        .map(
            entry ->
                new SourceBatch.Part(
                    entry.getKey().topic(),
                    entry.getKey().partition(),
                    entry.getValue().stream().map(SourceRecord::record).toList()))
        .toList();
  }

  private int partitionOf(SourceRecord each, int count) {
    var key = each.record().key();
    return each.partition()
        .orElseGet(
            () ->
                key == null
                    ? Math.floorMod(keyless++, count)
                    : CastaliaClient.partitionOf(key.toArray(), count));
  }

  @Override
  public CompletionStage<Done> ended() {
    return ended;
  }

  @Override
  public String remark() {
    return remark.after(missing.remark());
  }

  @Override
  public void stop() {
    killSwitch.shutdown();
  }
}
