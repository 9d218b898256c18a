package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.LargeReplies;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.runtime.ApplicationCommand.Ask;
import io.castalia.streams.processing.runtime.ApplicationCommand.AskStatus;
import io.castalia.streams.processing.runtime.ApplicationCommand.ListTasks;
import io.castalia.streams.processing.runtime.ApplicationReply.TasksListed;
import io.castalia.streams.processing.runtime.StoreQuestion.OfKey;
import io.castalia.streams.processing.runtime.StoreQuestion.Span;
import io.castalia.streams.processing.runtime.TaskReply.NotTold;
import io.castalia.streams.processing.runtime.TaskReply.StatusTold;
import io.castalia.streams.processing.runtime.TaskReply.StoredValue;
import io.castalia.streams.processing.runtime.TaskReply.ValuesTold;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Asks an application, from any member of the cluster, whether it runs the application itself or
 * not. An answer is what the key's task has journaled when it is asked. Stages fail with {@link
 * org.apache.kafka.common.errors.RetriableException}s while tasks move or no member runs the
 * application, with an {@link ApplicationStoppedException} within seconds if that is because it was
 * stopped, and with {@link IllegalArgumentException} for a store that it does not have, or one of
 * another kind than is asked for.
 */
public final class ProcessingClient {
  /** A member that has just started the application is not listed at once. */
  private static final Duration LISTED_WITHIN = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final String applicationId;
  private final Duration timeout;
  private final ApplicationMembers members;

  private ProcessingClient(ActorSystem<?> system, String applicationId, Duration timeout) {
    this.system = system;
    this.applicationId = applicationId;
    this.timeout = timeout;
    this.members = new ApplicationMembers(system, applicationId, timeout);
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
    return ask(OfKey.always(StoreKind.KEY_VALUE, store, bytes(store, key, keys), keys))
        .thenApply(found -> found.stream().findFirst().map(value -> object(store, value, values)));
  }

  /**
   * The value that a table has for a key now, with its event time. For a store that keeps no times
   * the time is 0.
   */
  public <K, V> CompletionStage<Optional<ValueAndTimestamp<V>>> getTimestamped(
      String store, K key, Serde<K> keys, Serde<V> values) {
    return ask(OfKey.always(StoreKind.KEY_VALUE, store, bytes(store, key, keys), keys))
        .thenApply(
            found ->
                found.stream()
                    .findFirst()
                    .map(
                        value ->
                            new ValueAndTimestamp<V>(object(store, value, values), value.time())));
  }

  /**
   * All entries of a store by key, task after task, in each in the order of the keys' bytes. They
   * are read as they are asked for, some hundreds at a time, so that the store need not fit in
   * memory; what changes meanwhile may be among them or not. The source fails as the other
   * questions do.
   */
  public <K, V> Source<KeyValue<K, V>, NotUsed> all(String store, Serde<K> keys, Serde<V> values) {
    return new StoreEntries(store, new Retry(system, timeout), this::answer)
        .source()
        .map(
            entry ->
                KeyValue.pair(
                    keys.deserializer().deserialize(store, entry.key().toArray()),
                    values.deserializer().deserialize(store, entry.value().toArray())));
  }

  /**
   * The values of a key in windows that begin in a span, by start.
   *
   * @param from milliseconds since the epoch, inside
   * @param to milliseconds since the epoch, inside
   */
  public <K, V> CompletionStage<SortedMap<Long, V>> windows(
      KeyOf<K> key, Serde<V> values, long from, long to) {
    return ask(OfKey.between(
            StoreKind.WINDOW, key.store(), key.bytes(), key.keys(), new Span(from, to)))
        .thenApply(
            found -> {
              SortedMap<Long, V> byStart = new TreeMap<>();
              found.forEach(value -> byStart.put(value.time(), object(key.store(), value, values)));
              return byStart;
            });
  }

  /** A key in a store. */
  public record KeyOf<K>(String store, K key, Serde<K> keys) {
    private ByteString bytes() {
      return ProcessingClient.bytes(store, key, keys);
    }
  }

  /** The sessions of a key that are kept, in the order of their ends. */
  public <K, V> CompletionStage<Map<Window, V>> sessions(KeyOf<K> key, Serde<V> values) {
    return ask(OfKey.always(StoreKind.SESSION, key.store(), key.bytes(), key.keys()))
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
    return members
        .running()
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
    return new Retry(system, timeout)
        .call(this::listTasks)
        .thenCompose(
            listed -> {
              CompletionStage<List<TaskStatus>> all =
                  CompletableFuture.completedStage(new ArrayList<>());
              for (String task : listed.tasks()) {
                all = all.thenCompose(known -> with(known, task));
              }
              return all;
            });
  }

  private CompletionStage<TasksListed> listTasks() {
    return application()
        .thenCompose(
            ref ->
                AskPattern.<ApplicationCommand, ApplicationReply>ask(
                    ref, ListTasks::new, timeout, system.scheduler()))
        .thenApply(
            reply -> {
              if (reply instanceof TasksListed listed) {
                return listed;
              }
              throw noneRuns();
            });
  }

  private CompletionStage<List<TaskStatus>> with(List<TaskStatus> known, String task) {
    return askTask(replyTo -> new AskStatus(task, replyTo))
        .thenApply(
            reply -> {
              known.add(((StatusTold) told(reply)).status());
              return known;
            });
  }

  private CompletionStage<List<StoredValue>> ask(OfKey question) {
    return answer(question).thenApply(reply -> ((ValuesTold) reply).values());
  }

  private CompletionStage<TaskReply> answer(StoreQuestion question) {
    return askTask(replyTo -> new Ask(question, replyTo)).thenApply(ProcessingClient::told);
  }

  private static TaskReply told(TaskReply reply) {
    if (reply instanceof NotTold refusal) {
      throw refusal.exception();
    }
    return reply;
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

  /** Looks again for a while, as members are listed with a delay. */
  private CompletionStage<ActorRef<ApplicationCommand>> application() {
    long since = System.nanoTime();
    return new Retry(system, timeout)
        .call(
            () ->
                members
                    .running()
                    .thenCompose(
                        found ->
                            found.stream()
                                .min((a, b) -> Boolean.compare(isRemote(a), isRemote(b)))
                                .map(CompletableFuture::completedStage)
                                .orElseGet(() -> whyNone(since))));
  }

  private CompletionStage<ActorRef<ApplicationCommand>> whyNone(long since) {
    if (System.nanoTime() - since < LISTED_WITHIN.toNanos()) {
      return CompletableFuture.failedStage(noneRuns());
    }
    return members
        .stopped()
        .thenCompose(
            stopped ->
                CompletableFuture.failedStage(
                    stopped.isEmpty()
                        ? noneRuns()
                        : new ApplicationStoppedException(
                            applicationId, members.addresses(stopped))));
  }

  private RuntimeException noneRuns() {
    return Errors.COORDINATOR_NOT_AVAILABLE.exception(
        "expected a member that runs \"%s\", but there is none".formatted(applicationId));
  }

  private static boolean isRemote(ActorRef<?> ref) {
    return ref.path().address().hasGlobalScope();
  }

  private static <K> ByteString bytes(String store, K key, Serde<K> keys) {
    byte[] bytes = keys.serializer().serialize(store, key);
    if (bytes == null) {
      throw new IllegalArgumentException(
          "expected a key of \"%s\", but it was null".formatted(store));
    }
    return ByteString.fromArray(bytes);
  }

  private static <V> V object(String store, StoredValue stored, Serde<V> values) {
    return values.deserializer().deserialize(store, stored.value().toArray());
  }
}
