package io.castalia.persistence.journal;

import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ManifestChange;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSnapshot;
import io.castalia.testkit.simulation.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;

/**
 * One node's view of a simulated store of three replicas: plain reads and writes go to each, late,
 * in any order or not at all, and are answered by two; manifests change in one place, but answers
 * get lost.
 */
final class SimulatedStore implements LogStore {
  private static final int QUORUM = 2;

  private final SimulatedReplicas store;
  private final Place node;

  SimulatedStore(SimulatedReplicas store, Place node) {
    this.store = store;
    this.node = node;
  }

  @Override
  public CompletionStage<Done> writeEntry(StoredEntry entry) {
    return quorum(replica -> replica.writeEntry(entry)).thenApply(answers -> answers.get(0));
  }

  @Override
  public CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long from, long to, int limit) {
    return quorum(replica -> replica.readHeaders(log, segment, from, to, limit))
        .thenApply(answers -> merge(answers).stream().limit(limit).toList());
  }

  @Override
  public CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long from, long to) {
    return quorum(replica -> replica.readEntries(log, segment, from, to))
        .thenApply(SimulatedStore::merge);
  }

  @Override
  public CompletionStage<Done> deleteSegment(String log, long segment, long bytes) {
    return quorum(replica -> replica.deleteSegment(log, segment))
        .thenApply(answers -> answers.get(0));
  }

  @Override
  public CompletionStage<Optional<LogManifest>> readManifest(String log) {
    return single(manifests -> manifests.readManifest(log));
  }

  /** Now and then from before the last change, completed or not: worse than a store may be. */
  @Override
  public CompletionStage<Optional<LogManifest>> peekManifest(String log) {
    return single(
        manifests ->
            store.simulation().oneIn(4)
                ? CompletableFuture.completedFuture(store.manifestBefore(log))
                : manifests.readManifest(log));
  }

  @Override
  public CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change) {
    return changing(log, manifests -> manifests.changeManifest(log, expected, change));
  }

  @Override
  public CompletionStage<Boolean> deleteManifest(String log, UUID expected) {
    return changing(log, manifests -> manifests.deleteManifest(log, expected));
  }

  private CompletionStage<Boolean> changing(
      String log, Function<LogStore, CompletionStage<Boolean>> change) {
    return single(
        manifests -> {
          Optional<LogManifest> before = store.manifest(log);
          return change
              .apply(manifests)
              .whenComplete((applied, failure) -> store.changed(log, before, applied));
        });
  }

  @Override
  public CompletionStage<Done> registerWriter(UUID writer) {
    return quorum(replica -> replica.registerWriter(writer)).thenApply(answers -> answers.get(0));
  }

  @Override
  public CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return quorum(replica -> replica.fence(writer, scope)).thenApply(answers -> answers.get(0));
  }

  @Override
  public CompletionStage<Optional<Set<String>>> fencesOf(UUID writer) {
    return quorum(replica -> replica.rowsOf(writer)).thenApply(SimulatedStore::union);
  }

  @Override
  public CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot) {
    return single(shared -> shared.writeSnapshot(snapshot));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return single(
        shared -> shared.readSnapshot(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  @Override
  public CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp) {
    return single(
        shared ->
            shared.deleteSnapshots(log, minSequence, maxSequence, minTimestamp, maxTimestamp));
  }

  @Override
  public CompletionStage<Done> writePage(String name, ByteBuffer data) {
    return single(shared -> shared.writePage(name, data));
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> readPage(String name) {
    return single(shared -> shared.readPage(name));
  }

  @Override
  public CompletionStage<Done> deletePage(String name) {
    return single(shared -> shared.deletePage(name));
  }

  @Override
  public void close() {}

  private <T> CompletionStage<List<T>> quorum(Function<SimulatedReplica, T> operation) {
    CompletableFuture<List<T>> result = new CompletableFuture<>();
    List<T> answers = new ArrayList<>();
    for (SimulatedReplica replica : store.replicas()) {
      store
          .network()
          .send(
              replica.place(),
              () -> {
                T answer = operation.apply(replica);
                if (result.isDone()) {
                  return;
                }
                store
                    .network()
                    .send(
                        node,
                        () -> {
                          answers.add(answer);
                          if (answers.size() == QUORUM) {
                            result.complete(List.copyOf(answers));
                          }
                        });
              });
    }
    expire(result);
    return result;
  }

  private <T> CompletionStage<T> single(Function<LogStore, CompletionStage<T>> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    store
        .network()
        .send(
            store.replicas().get(0).place(),
            () -> {
              T answer = operation.apply(store.manifests()).toCompletableFuture().join();
              store.network().send(node, () -> result.complete(answer));
            });
    expire(result);
    return result;
  }

  private void expire(CompletableFuture<?> result) {
    store.deadlines().begin(node, () -> result.completeExceptionally(store.noAnswer()));
  }

  private static List<StoredEntry> merge(List<List<StoredEntry>> answers) {
    TreeMap<Long, StoredEntry> rows = new TreeMap<>();
    answers.forEach(answer -> answer.forEach(row -> rows.putIfAbsent(row.sequence(), row)));
    return List.copyOf(rows.values());
  }

  private static Optional<Set<String>> union(List<Set<String>> answers) {
    Set<String> scopes = new HashSet<>();
    answers.forEach(scopes::addAll);
    return scopes.remove(SimulatedReplica.REGISTERED) ? Optional.of(scopes) : Optional.empty();
  }
}
