package io.castalia.actors.topic;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to a change of topics. When it arrives, this node's catalog shows the change.
 *
 * @param error {@link Errors#NONE} or why the change was refused
 * @param message what was expected and what came, empty on success
 * @param topic the topic after the change, if there is one
 */
public record TopicResult(Errors error, String message, Optional<TopicDescription> topic) {
  public static TopicResult refused(Errors error, String message) {
    return new TopicResult(error, message, Optional.empty());
  }
}
