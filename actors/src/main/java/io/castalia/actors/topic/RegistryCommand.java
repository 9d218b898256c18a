package io.castalia.actors.topic;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What the registry singleton understands. */
sealed interface RegistryCommand {

  /** The commands that other nodes send. */
  sealed interface Remote extends RegistryCommand, TopicMessage {}

  /**
   * Asks for a change. Answered when it is durable.
   *
   * @param validateOnly check everything, change nothing
   */
  record Submit(RegistryRequest request, boolean validateOnly, ActorRef<Answer> replyTo)
      implements Remote {}

  /**
   * Subscribes a node's directory, and asks again and again whether it missed something.
   *
   * @param knownVersion the version that the directory has; -1 asks for everything
   */
  record Subscribe(long knownVersion, ActorRef<DirectoryCommand> subscriber) implements Remote {}

  /** A subscriber is gone. */
  record Unsubscribe(ActorRef<DirectoryCommand> subscriber)
      implements RegistryCommand, NoSerializationVerificationNeeded {}

  /** Decides about the requests that came in while the last batch was written. */
  record Flush() implements RegistryCommand, NoSerializationVerificationNeeded {}

  /** Another node has taken the registry's log. */
  record LogLost() implements RegistryCommand, NoSerializationVerificationNeeded {}

  /**
   * The answer to a request.
   *
   * @param error {@link Errors#NONE} or why the request was refused
   * @param message empty on success
   * @param topic the topic after the change, if there is one
   * @param firstProducerId the first of the producer ids allocated, or -1
   * @param version the version that shows the change
   */
  record Answer(
      Errors error,
      String message,
      Optional<TopicDescription> topic,
      long firstProducerId,
      long version)
      implements TopicMessage {
    static Answer of(Decision decision, long version) {
      return new Answer(
          decision.error(),
          decision.message(),
          decision.topic(),
          decision.firstProducerId(),
          version);
    }

    static Answer refused(Errors error, String message) {
      return new Answer(error, message, Optional.empty(), -1, -1);
    }
  }
}
