package io.castalia.api.internal.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.SelectedSnapshot;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** A log in memory, with its snapshots. It outlives the actors that write to it. */
final class FakeLog {
  private static final Map<String, FakeLog> LOGS = new ConcurrentHashMap<>();

  private final List<PersistentRepr> events = new CopyOnWriteArrayList<>();
  private final List<SelectedSnapshot> snapshots = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<Done> working =
      CompletableFuture.completedFuture(Done.getInstance());

  static FakeLog of(String id) {
    return LOGS.computeIfAbsent(id, any -> new FakeLog());
  }

  /** From now on, what is asked of the events is answered when the result has an outcome. */
  CompletableFuture<Done> hold() {
    CompletableFuture<Done> outcome = new CompletableFuture<>();
    working = outcome;
    return outcome;
  }

  /** From now on, all that is asked of the events fails. */
  void fail(Exception reason) {
    hold().completeExceptionally(reason);
  }

  /** From now on, all works. */
  void mend() {
    hold().complete(Done.getInstance());
  }

  <T> Future<T> answer(Supplier<T> call) {
    CompletionStage<T> answer = working.thenApply(works -> call.get());
    return FutureConverters.asScala(answer);
  }

  List<PersistentRepr> events() {
    return events;
  }

  List<SelectedSnapshot> snapshots() {
    return snapshots;
  }

  List<Object> payloads() {
    return events.stream().map(PersistentRepr::payload).toList();
  }

  List<Object> states() {
    return snapshots.stream().map(SelectedSnapshot::snapshot).toList();
  }
}
