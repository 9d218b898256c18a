package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.Produced;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** What a Java service can do with topics and records without a stream. */
class ServiceClientTest extends ServiceNode {
  @Test
  void shouldPublishToThePartitionThatKafkaClientsChoose() throws Exception {
    await(client.createTopic("by-key", 7, Map.of()));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", node.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String key : List.of("a", "b", "c", "d", "e", "f")) {
        var ours =
            new OutboundRecord(
                ByteString.fromString(key), ByteString.fromString("ours"), 1, List.of());
        await(client.produce("by-key", ours));
        var theirs = producer.send(new ProducerRecord<>("by-key", key, "theirs")).get();

        assertThat(
                await(
                        client.fetch(
                            new TopicPartition("by-key", theirs.partition()),
                            theirs.offset() - 1,
                            1_000,
                            Duration.ofSeconds(1)))
                    .records()
                    .get(0))
            .returns(ours.key(), InboundRecord::key)
            .returns(ours.value(), InboundRecord::value);
      }
    }
  }

  @Test
  void shouldPublishABatchToThePartitionsOfItsKeys() {
    await(client.createTopic("batches", 3, Map.of()));
    List<OutboundRecord> batch =
        Stream.of("a", "b", "c", "d", "e", "f", "a", "b")
            .map(
                key ->
                    new OutboundRecord(
                        ByteString.fromString(key), ByteString.fromString(key), 1, List.of()))
            .toList();

    Map<TopicPartition, Produced> produced = await(client.produce("batches", batch));

    assertThat(produced.keySet()).hasSizeBetween(2, 3);
    assertThat(produced.values()).allMatch(each -> each.baseOffset() == 0);
    List<InboundRecord> read =
        produced.keySet().stream()
            .flatMap(
                partition ->
                    await(client.fetch(partition, 0, 10_000, Duration.ofSeconds(1)))
                        .records()
                        .stream())
            .toList();
    assertThat(read)
        .extracting(InboundRecord::value)
        .containsExactlyInAnyOrderElementsOf(batch.stream().map(OutboundRecord::value).toList());
    assertThatThrownBy(() -> client.produce("batches", List.of()))
        .hasMessage("expected at least one record, but there was none");
  }

  @Test
  void shouldAlterATopic() {
    await(client.createTopic("altered", 1, Map.of("retention.ms", "5000")));

    assertThat(await(client.createPartitions("altered", 3)).partitions()).isEqualTo(3);
    assertThat(
            await(
                    client.alterTopicConfigs(
                        "altered", Map.of("max.message.bytes", "1000"), Set.of("retention.ms")))
                .configs())
        .isEqualTo(Map.of("max.message.bytes", "1000"));

    assertThatThrownBy(() -> await(client.createPartitions("altered", 2)))
        .hasCauseInstanceOf(InvalidPartitionsException.class);
    assertThatThrownBy(
            () -> await(client.alterTopicConfigs("altered", Map.of("retention", "1"), Set.of())))
        .hasCauseInstanceOf(InvalidConfigurationException.class);
    assertThatThrownBy(() -> await(client.createPartitions("none", 2)))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(await(client.describeTopic("altered")).partitions()).isEqualTo(3);
  }

  @Test
  void shouldTakeAndGiveRecordsByMessage() {
    TopicPartition partition = createTopic("by-message");
    var first = new OutboundRecord(null, ByteString.fromString("first"), 1, List.of());
    var second = new OutboundRecord(null, ByteString.fromString("second"), 2, List.of());

    BrokerReply produced =
        ask(
            replyTo ->
                new BrokerCommand.Produce(
                    partition, List.of(first, second), Optional.empty(), replyTo));
    BrokerReply fetched =
        ask(replyTo -> new BrokerCommand.Fetch(partition, 1, 1_000, Duration.ZERO, replyTo));

    assertThat(produced).isEqualTo(new BrokerReply.Produced(0));
    assertThat(fetched)
        .isEqualTo(
            new BrokerReply.Fetched(
                List.of(new InboundRecord(1, 2, null, second.value(), List.of())), 2, 2, 0));
  }

  private static BrokerReply ask(Function<ActorRef<BrokerReply>, BrokerCommand> question) {
    CompletionStage<Receptionist.Listing> listing =
        AskPattern.ask(
            node.system().receptionist(),
            replyTo -> Receptionist.find(BrokerCommand.SERVICE_KEY, replyTo),
            Duration.ofSeconds(SECONDS),
            node.system().scheduler());
    ActorRef<BrokerCommand> broker =
        await(listing).getServiceInstances(BrokerCommand.SERVICE_KEY).iterator().next();
    return await(
        AskPattern.ask(broker, question, Duration.ofSeconds(SECONDS), node.system().scheduler()));
  }

  @Test
  void shouldFailWithKafkasExceptions() {
    createTopic("twice");

    assertThatThrownBy(() -> createTopic("twice"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TopicExistsException.class);
    assertThatThrownBy(() -> await(client.describeTopic("nowhere")))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
  }
}
