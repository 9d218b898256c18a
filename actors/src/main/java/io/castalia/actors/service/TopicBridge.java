package io.castalia.actors.service;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.Refused;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.Errors;

/** The api's messages about topics, and for ids of producers, asked of the topic registry. */
final class TopicBridge {
  private final Topics topics;

  TopicBridge(Topics topics) {
    this.topics = topics;
  }

  CompletionStage<BrokerReply> create(BrokerCommand.CreateTopic command) {
    return topics
        .create(command.topic(), command.partitions(), command.configs(), false)
        .thenApply(TopicBridge::described);
  }

  CompletionStage<BrokerReply> createPartitions(BrokerCommand.CreatePartitions command) {
    return topics
        .createPartitions(command.topic(), command.count(), false)
        .thenApply(TopicBridge::described);
  }

  CompletionStage<BrokerReply> alterConfigs(BrokerCommand.AlterTopicConfigs command) {
    return topics
        .alterConfigs(command.topic(), changes(command), false)
        .thenApply(TopicBridge::described);
  }

  private static List<ConfigChange> changes(BrokerCommand.AlterTopicConfigs command) {
    return Stream.concat(
            command.set().entrySet().stream()
                .map(
                    each ->
                        new ConfigChange(
                            each.getKey(), ConfigChange.Operation.SET, each.getValue())),
            command.deleted().stream()
                .map(name -> new ConfigChange(name, ConfigChange.Operation.DELETE, "")))
        .toList();
  }

  CompletionStage<BrokerReply> delete(BrokerCommand.DeleteTopic command) {
    Optional<TopicDescription> topic = topics.catalog().byName(command.topic());
    return topic.isEmpty()
        ? CompletableFuture.completedFuture(unknown(command.topic()))
        : topics
            .delete(topic.get().id())
            .thenApply(
                result ->
                    result.error() == Errors.NONE
                        ? described(topic.get())
                        : new Refused(result.error(), result.message()));
  }

  CompletionStage<BrokerReply> describe(BrokerCommand.DescribeTopic command) {
    return CompletableFuture.completedFuture(
        topics
            .catalog()
            .byName(command.topic())
            .map(TopicBridge::described)
            .orElseGet(() -> unknown(command.topic())));
  }

  CompletionStage<BrokerReply> list() {
    var names = topics.catalog().all().stream().map(TopicDescription::name).toList();
    return CompletableFuture.completedFuture(new BrokerReply.TopicsListed(names));
  }

  CompletionStage<BrokerReply> allocateProducerId() {
    return topics.nextProducerId().thenApply(BrokerReply.ProducerIdAllocated::new);
  }

  private static BrokerReply described(TopicResult result) {
    return result
        .topic()
        .filter(topic -> result.error() == Errors.NONE)
        .map(TopicBridge::described)
        .orElseGet(() -> new Refused(result.error(), result.message()));
  }

  private static BrokerReply described(TopicDescription topic) {
    return new BrokerReply.TopicDescribed(
        topic.name(), topic.id(), topic.partitions(), topic.configs());
  }

  static BrokerReply unknown(String topic) {
    return new Refused(
        Errors.UNKNOWN_TOPIC_OR_PARTITION,
        "expected an existing topic, but \"" + topic + "\" is none");
  }
}
