package io.castalia.streams.processing.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.typed.Cluster;

/** The members that have to do with an application, as they are listed. */
record ApplicationMembers(ActorSystem<?> system, String applicationId, Duration timeout) {

  /** Those that run it. */
  CompletionStage<Set<ActorRef<ApplicationCommand>>> running() {
    return listed(ApplicationCommand.key(applicationId));
  }

  /** Those that have run it, and have been told to stop it. */
  CompletionStage<Set<ActorRef<ApplicationCommand>>> stopped() {
    return listed(ApplicationCommand.stoppedKey(applicationId));
  }

  private CompletionStage<Set<ActorRef<ApplicationCommand>>> listed(
      ServiceKey<ApplicationCommand> key) {
    CompletionStage<Receptionist.Listing> listing =
        AskPattern.ask(
            system.receptionist(),
            replyTo -> Receptionist.find(key, replyTo),
            timeout,
            system.scheduler());
    return listing.thenApply(found -> found.getServiceInstances(key));
  }

  /** Where they are, for people. */
  String addresses(Set<ActorRef<ApplicationCommand>> members) {
    Address self = Cluster.get(system).selfMember().address();
    return members.stream()
        .map(member -> member.path().address())
        .map(address -> address.hasLocalScope() ? self : address)
        .map(Address::hostPort)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
