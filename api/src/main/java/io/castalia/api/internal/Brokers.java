package io.castalia.api.internal;

import io.castalia.api.BrokerCommand;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;

/**
 * Finds the broker actor of a node, and keeps to it until it is forgotten. A member of the cluster
 * is told of brokers by its receptionist, and prefers that of its own node; a service outside the
 * cluster asks its contact points. Safe for use by many threads.
 */
public final class Brokers {
  /** Where a service outside the cluster says who its contact points are. */
  private static final String CONTACT_POINTS = "castalia.client.contact-points";

  private static final String PATH = "pekko://castalia@%s/system/broker";
  private static final int MAX_PORT = 65_535;
  private static final Duration FIND_AGAIN = Duration.ofMillis(100);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final Duration patience;
  private final List<String> contactPoints;
  private final AtomicReference<@Nullable ActorRef<BrokerCommand>> known = new AtomicReference<>();

  /**
   * Finds those that this actor system can reach.
   *
   * @param patience how long to look for one
   * @throws IllegalArgumentException if a contact point is not HOST:PORT
   */
  public Brokers(ActorSystem<?> system, Duration patience) {
    this.system = system;
    this.patience = patience;
    this.contactPoints =
        system.settings().config().getStringList(CONTACT_POINTS).stream()
            .map(Brokers::checked)
            .toList();
  }

  private static String checked(String contactPoint) {
    String expected =
        "expected each of %s to be HOST:PORT, but one is \"%s\""
            .formatted(CONTACT_POINTS, contactPoint);
    try {
      URI address = new URI(PATH.formatted(contactPoint));
      if (address.getHost() == null || address.getPort() < 1 || address.getPort() > MAX_PORT) {
        throw new IllegalArgumentException(expected);
      }
      return contactPoint;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  /** The last one, or any. Fails with Kafka's exception if there is none for a while. */
  public CompletionStage<ActorRef<BrokerCommand>> any() {
    ActorRef<BrokerCommand> last = known.get();
    return last == null
        ? find(System.nanoTime() + patience.toNanos())
        : CompletableFuture.completedFuture(last);
  }

  /** Has another one looked for the next time. */
  public void forget() {
    known.set(null);
  }

  /** Whether a broker is in another process. */
  public static boolean isRemote(ActorRef<?> broker) {
    return broker.path().address().hasGlobalScope();
  }

  /**
   * Looks again until the deadline: a node that has just started or joined is not there at once.
   */
  private CompletionStage<ActorRef<BrokerCommand>> find(long deadlineNanos) {
    return (contactPoints.isEmpty() ? listed() : answering())
        .thenCompose(
            found -> {
              found.ifPresent(known::set);
              return found
                  .<CompletionStage<ActorRef<BrokerCommand>>>map(CompletableFuture::completedFuture)
                  .orElseGet(() -> findAgain(deadlineNanos));
            });
  }

  private CompletionStage<ActorRef<BrokerCommand>> findAgain(long deadlineNanos) {
    return System.nanoTime() - deadlineNanos < 0
        ? Patterns.after(FIND_AGAIN, system.classicSystem(), () -> find(deadlineNanos))
        : CompletableFuture.failedFuture(Errors.BROKER_NOT_AVAILABLE.exception(nobody()));
  }

  private String nobody() {
    return contactPoints.isEmpty()
        ? "expected a node of Castalia in the cluster of \"%s\", but the receptionist knew none for %s; a service outside the cluster names nodes with %s"
            .formatted(system.name(), patience, CONTACT_POINTS)
        : "expected a node of Castalia to listen for members of its cluster at one of %s (%s), but none answered for %s"
            .formatted(contactPoints, CONTACT_POINTS, patience);
  }

  private CompletionStage<Optional<ActorRef<BrokerCommand>>> listed() {
    CompletionStage<Receptionist.Listing> listing =
        Replies.of(
            system.receptionist(),
            replyTo -> Receptionist.find(BrokerCommand.SERVICE_KEY, replyTo),
            patience,
            system);
    return listing.thenApply(
        found ->
            found.getServiceInstances(BrokerCommand.SERVICE_KEY).stream()
                .min((a, b) -> Boolean.compare(isRemote(a), isRemote(b))));
  }

  /** The first contact point to answer. */
  private CompletionStage<Optional<ActorRef<BrokerCommand>>> answering() {
    CompletableFuture<Optional<ActorRef<BrokerCommand>>> first = new CompletableFuture<>();
    CompletableFuture<?>[] all =
        contactPoints.stream()
            .map(
                contactPoint ->
                    system
                        .classicSystem()
                        .actorSelection(PATH.formatted(contactPoint))
                        .resolveOne(ANSWER_WITHIN)
                        .handle(
                            (broker, absent) ->
                                broker != null
                                    && first.complete(Optional.of(Adapter.toTyped(broker))))
                        .toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    var unused = CompletableFuture.allOf(all).thenRun(() -> first.complete(Optional.empty()));
    return first;
  }
}
