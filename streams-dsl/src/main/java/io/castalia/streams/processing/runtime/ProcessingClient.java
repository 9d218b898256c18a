package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.LargeReplies;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.runtime.ApplicationCommand.Ask;
import io.castalia.streams.processing.runtime.ApplicationCommand.AskStatus;
import io.castalia.streams.processing.runtime.ApplicationCommand.ListTasks;
import io.castalia.streams.processing.runtime.ApplicationReply.TasksListed;
import io.castalia.streams.processing.runtime.TaskReply.NotTold;
import io.castalia.streams.processing.runtime.TaskReply.StatusTold;
import io.castalia.streams.processing.runtime.TaskReply.StoredValue;
import io.castalia.streams.processing.runtime.TaskReply.ValuesTold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.util.ByteString;

/**
 * Asks an application, from any member of the cluster, whether it runs the application itself or
 * not. An answer is what the key's task has journaled when it is asked. Stages fail with {@link
 * org.apache.kafka.common.errors.RetriableException}s while tasks move or no member runs the
 * application, and with {@link IllegalArgumentException} for a store that it does not have.
 */
public final class ProcessingClient {
  private final ActorSystem<?> system;
  private final String applicationId;
  private final Duration timeout;

  private ProcessingClient(ActorSystem<?> system, String applicationId, Duration timeout) {
    this.system = system;
    this.applicationId = applicationId;
    this.timeout = timeout;
  }

  /**
   * A client for an application.
   *
   * @param system a member of the cluster
   * @param timeout how long to wait for each reply
   */
  public static ProcessingClient create(
      ActorSystem<?> system, String applicationId, Duration timeout) {
    return new ProcessingClient(system, applicationId, timeout);
  }

  /** The value that a store has for a key now. */
  public <K, V> CompletionStage<Optional<V>> get(
      String store, K key, Serde<K> keys, Serde<V> values) {
    return ask(store, bytes(store, key, keys), Long.MIN_VALUE, Long.MAX_VALUE)
        .thenApply(found -> found.stream().findFirst().map(value -> object(store, value, values)));
  }

  /**
   * The values of a key in windows that begin in a span, by start.
   *
   * @param from milliseconds since the epoch, inside
   * @param to milliseconds since the epoch, inside
   */
  public <K, V> CompletionStage<SortedMap<Long, V>> windows(
      KeyOf<K> key, Serde<V> values, long from, long to) {
    return ask(key.store(), bytes(key.store(), key.key(), key.keys()), from, to)
        .thenApply(
            found -> {
              SortedMap<Long, V> byStart = new TreeMap<>();
              found.forEach(value -> byStart.put(value.time(), object(key.store(), value, values)));
              return byStart;
            });
  }

  /** A key in a store. */
  public record KeyOf<K>(String store, K key, Serde<K> keys) {}

  /** The sessions of a key that are kept, in the order of their ends. */
  public <K, V> CompletionStage<Map<Window, V>> sessions(KeyOf<K> key, Serde<V> values) {
    return ask(
            key.store(), bytes(key.store(), key.key(), key.keys()), Long.MIN_VALUE, Long.MAX_VALUE)
        .thenApply(
            found -> {
              Map<Window, V> sessions = new LinkedHashMap<>();
              found.forEach(
                  value ->
                      sessions.put(
                          new Window(value.number(), value.time()),
                          object(key.store(), value, values)));
              return sessions;
            });
  }

  /**
   * Stops the application on all members that run it. Its state stays: it goes on when it is
   * started again. Completes when all tasks have ended; where nothing runs, at once.
   */
  public CompletionStage<Done> stop() {
    return instances()
        .thenCompose(
            running ->
                CompletableFuture.allOf(
                    running.stream()
                        .map(member -> ProcessingApplication.halt(system, member))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new)))
        .thenApply(all -> Done.getInstance());
  }

  /** How all tasks are. */
  public CompletionStage<List<TaskStatus>> tasks() {
    return application()
        .thenCompose(
            ref ->
                AskPattern.<ApplicationCommand, ApplicationReply>ask(
                    ref, ListTasks::new, timeout, system.scheduler()))
        .thenCompose(
            listed -> {
              CompletionStage<List<TaskStatus>> all =
                  CompletableFuture.completedStage(new ArrayList<>());
              for (String task : ((TasksListed) listed).tasks()) {
                all = all.thenCompose(known -> with(known, task));
              }
              return all;
            });
  }

  private CompletionStage<List<TaskStatus>> with(List<TaskStatus> known, String task) {
    return askTask(replyTo -> new AskStatus(task, replyTo))
        .thenApply(
            reply -> {
              known.add(((StatusTold) reply).status());
              return known;
            });
  }

  private CompletionStage<List<StoredValue>> ask(String store, ByteString key, long from, long to) {
    return askTask(replyTo -> new Ask(store, key, from, to, replyTo))
        .thenApply(
            reply -> {
              if (reply instanceof NotTold refusal) {
                throw refusal.exception();
              }
              return ((ValuesTold) reply).values();
            });
  }

  /** Tasks that move do not answer: that is retriable. */
  private CompletionStage<TaskReply> askTask(
      Function<ActorRef<TaskReply>, ApplicationCommand> question) {
    return application()
        .thenCompose(ref -> LargeReplies.of(ref, question, timeout, system))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    Retry.rootOf(failure) instanceof TimeoutException
                        ? Errors.REQUEST_TIMED_OUT.exception("the task did not answer in time")
                        : Retry.rootOf(failure)));
  }

  /** Looks again for a while: a member that has just started is not listed at once. */
  private CompletionStage<ActorRef<ApplicationCommand>> application() {
    return new Retry(system, timeout).call(this::listed);
  }

  private CompletionStage<Set<ActorRef<ApplicationCommand>>> instances() {
    CompletionStage<Receptionist.Listing> listing =
        AskPattern.ask(
            system.receptionist(),
            replyTo -> Receptionist.find(ApplicationCommand.key(applicationId), replyTo),
            timeout,
            system.scheduler());
    return listing.thenApply(
        found -> found.getServiceInstances(ApplicationCommand.key(applicationId)));
  }

  private CompletionStage<ActorRef<ApplicationCommand>> listed() {
    return instances()
        .thenApply(
            found ->
                found.stream()
                    .min((a, b) -> Boolean.compare(isRemote(a), isRemote(b)))
                    .orElseThrow(
                        () ->
                            Errors.COORDINATOR_NOT_AVAILABLE.exception(
                                "expected a member that runs \"%s\", but there is none"
                                    .formatted(applicationId))));
  }

  private static boolean isRemote(ActorRef<?> ref) {
    return ref.path().address().hasGlobalScope();
  }

  private static <K> ByteString bytes(String store, K key, Serde<K> keys) {
    return ByteString.fromArray(keys.serializer().serialize(store, key));
  }

  private static <V> V object(String store, StoredValue stored, Serde<V> values) {
    return values.deserializer().deserialize(store, stored.value().toArray());
  }
}
