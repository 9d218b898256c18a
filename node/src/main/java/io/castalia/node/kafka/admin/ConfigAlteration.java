package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.protocol.Errors;

/** Alters the configurations of one resource: a topic, or all brokers of the cluster together. */
final class ConfigAlteration {
  private final Topics topics;
  private final boolean validateOnly;

  ConfigAlteration(Topics topics, boolean validateOnly) {
    this.topics = topics;
    this.validateOnly = validateOnly;
  }

  /** Why the configurations of this resource cannot be altered, if so. */
  static Optional<TopicResult> refusal(byte typeId, String name) {
    ConfigResource.Type type = ConfigResource.Type.forId(typeId);
    if (type == ConfigResource.Type.BROKER && !name.isEmpty()) {
      return refuse(
          "Expected broker \"\" (all brokers of the cluster: they share one dynamic configuration),"
              + " but it was \""
              + name
              + "\"");
    }
    if (type != ConfigResource.Type.BROKER && type != ConfigResource.Type.TOPIC) {
      return refuse(
          "Expected a topic (2) or a broker (4), but it was %s (%d)".formatted(type, typeId));
    }
    return Optional.empty();
  }

  /** The refusal of a request that is wrong in itself. */
  static Optional<TopicResult> refuse(String message) {
    return Optional.of(TopicResult.refused(Errors.INVALID_REQUEST, message));
  }

  /** Makes the changes to a resource without {@link #refusal}. */
  CompletionStage<TopicResult> apply(byte typeId, String name, List<ConfigChange> changes) {
    if (typeId == ConfigResource.Type.BROKER.id()) {
      return topics.alterBrokerConfigs(changes, validateOnly);
    }
    if (topics.catalog().byName(name).isEmpty()) {
      return CompletableFuture.completedFuture(
          TopicResult.refused(
              Errors.UNKNOWN_TOPIC_OR_PARTITION,
              "Expected a topic \"" + name + "\", but there is none"));
    }
    return topics.alterConfigs(name, changes, validateOnly);
  }
}
