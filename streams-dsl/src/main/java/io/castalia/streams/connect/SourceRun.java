package io.castalia.streams.connect;

import io.castalia.api.CastaliaClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, CompletionStage<Integer>> partitionCounts = new HashMap<>();
  private final TaskLedger ledger;
  private final LedgerPublisher publisher;
  private int keyless;
  private final CompletionStage<Done> ended;

  SourceRun(SourcePlugin plugin, TaskContext task, TaskLedger ledger, LedgerPublisher publisher) {
    this.ledger = ledger;
    this.publisher = publisher;
    this.ended = ledger.open().thenCompose(positions -> run(plugin, task, positions));
  }

  private CompletionStage<Done> run(
      SourcePlugin plugin, TaskContext context, Map<String, String> positions) {
    return plugin
        .source(context, positions)
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
              partitions(each.topic()),
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

  private CompletionStage<Integer> partitions(String topic) {
    return partitionCounts.computeIfAbsent(
        topic,
        name ->
            publisher
                .retry()
                .call(
                    () ->
                        publisher
                            .client()
                            .describeTopic(name)
                            .thenApply(found -> found.partitions())));
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
  public void stop() {
    killSwitch.shutdown();
  }
}
