package io.castalia.node;

import static io.castalia.node.GroupClients.PARTITIONS;
import static io.castalia.node.GroupClients.RECORDS;
import static io.castalia.node.GroupClients.commit;
import static io.castalia.node.GroupClients.pollUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.api.group.MemberCommand;
import io.castalia.api.group.MemberEvent;
import io.castalia.api.group.MemberSettings;
import io.castalia.api.group.MemberSubscription;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java services are members of groups by message, alone and beside Kafka's consumers. */
class ServiceMembersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final GroupNode NODE = new GroupNode();

  @Test
  void shouldBeSeenByOperatorsAsAnyMember() throws Exception {
    String topic = NODE.clients().topicWithRecords("service-alone");
    TopicPartition partition = new TopicPartition(topic, 2);
    try (ServiceMember service = member(settings(topic).withClientId("billing"))) {
      await().atMost(PATIENCE).until(() -> service.assignment().size() == PARTITIONS);
      assertThat(service.events().get(0))
          .isInstanceOfSatisfying(
              MemberEvent.Assigned.class,
              assigned ->
                  assertThat(assigned.partitions().values()).containsOnly(Optional.empty()));

      assertThat(join(service.commit(Map.of(partition, new OffsetAndMetadata(20, "p7")))).failure())
          .isEmpty();

      assertThat(
              NODE.clients()
                  .admin()
                  .listConsumerGroupOffsets(topic)
                  .partitionsToOffsetAndMetadata()
                  .get())
          .isEqualTo(Map.of(partition, new OffsetAndMetadata(20, "p7")));
      MemberDescription shown = NODE.clients().describe(topic).members().iterator().next();
      assertThat(shown.clientId()).isEqualTo("billing");
      assertThat(shown.host()).startsWith("/127.0.0.1:");
      assertThat(shown.consumerId()).startsWith("billing-");
      assertThat(shown.assignment().topicPartitions()).hasSize(PARTITIONS);
    }
    await().atMost(PATIENCE).until(() -> NODE.clients().describe(topic).members().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"consumer", "classic"})
  void shouldShareATopicWithAKafkaConsumer(String protocol) throws Exception {
    String topic = NODE.clients().topicWithRecords("service-with-" + protocol);
    Set<String> read = new HashSet<>();
    try (ServiceMember service = member(settings(topic))) {
      await().atMost(PATIENCE).until(() -> service.assignment().size() == PARTITIONS);
      try (KafkaConsumer<String, String> other =
          NODE.clients().member(topic, Map.of("group.protocol", protocol))) {
        other.subscribe(List.of(topic));
        pollUntil(() -> service.assignment().size() == PARTITIONS / 2, read, List.of(other));
        assertThat(NODE.clients().describe(topic).members()).hasSize(2);
        assertThat(other.assignment()).isEmpty();

        service.release();
        pollUntil(() -> other.assignment().size() == PARTITIONS / 2, read, List.of(other));
        pollUntil(() -> read.size() == RECORDS / 2, read, List.of(other));

        assertThat(NODE.clients().describe(topic).type()).isEqualTo(GroupType.CONSUMER);
        assertThat(Collections.disjoint(other.assignment(), service.assignment())).isTrue();
        commit(other, read, List.of(other));
      }
      await().atMost(PATIENCE).until(() -> service.assignment().size() == PARTITIONS);
      assertThat(service.events())
          .last()
          .isInstanceOfSatisfying(
              MemberEvent.Assigned.class,
              assigned ->
                  assertThat(assigned.partitions().values())
                      .containsOnly(
                          Optional.of(
                              new OffsetAndMetadata(RECORDS / PARTITIONS, Optional.of(0), "")))
                      .hasSize(PARTITIONS / 2));
    }
  }

  @Test
  void shouldFollowTopicsThatAnExpressionMatches() throws Exception {
    NODE.clients().topicWithRecords("service-matched-1");
    MemberSettings settings =
        MemberSettings.create("matching", MemberSubscription.matching("service-matched-[0-9]"));
    try (ServiceMember service = member(settings)) {
      await().atMost(PATIENCE).until(() -> service.assignment().size() == PARTITIONS);
      NODE.clients().topicWithRecords("service-matched-2");
      await().atMost(PATIENCE).until(() -> service.assignment().size() == 2 * PARTITIONS);
    }
  }

  @Test
  void shouldBeTakenOutWhenItDoesNotLetGoInTime() throws Exception {
    String topic = NODE.clients().topicWithRecords("service-overdue");
    MemberSettings settings =
        MemberSettings.create(
            topic,
            MemberSubscription.to(Set.of(topic)).withRebalanceTimeout(Duration.ofSeconds(2)));
    try (ServiceMember service = member(settings)) {
      await().atMost(PATIENCE).until(() -> service.assignment().size() == PARTITIONS);
      try (KafkaConsumer<String, String> other =
          NODE.clients().member(topic, Map.of("group.protocol", "consumer"))) {
        other.subscribe(List.of(topic));
        Set<String> read = new HashSet<>();
        pollUntil(
            () -> service.events().stream().anyMatch(MemberEvent.Lost.class::isInstance),
            read,
            List.of(other));
        pollUntil(
            () ->
                service.assignment().size() == PARTITIONS / 2
                    && other.assignment().size() == PARTITIONS / 2,
            read,
            List.of(other));
        TopicPartition kept = other.assignment().iterator().next();
        assertThat(join(service.commit(Map.of(kept, new OffsetAndMetadata(1)))).partitions())
            .isEqualTo(Map.of(kept, Errors.FENCED_MEMBER_EPOCH));
      }
    }
  }

  @Test
  void shouldSayWhatIsWrongWithWhatItWants() {
    MemberSettings settings = MemberSettings.create("wrong", MemberSubscription.matching("or(der"));
    try (ServiceMember service = member(settings)) {
      await().atMost(PATIENCE).until(() -> !service.events().isEmpty());
      assertThat(service.events().get(0))
          .isInstanceOfSatisfying(
              MemberEvent.Failed.class,
              failed -> {
                assertThat(failed.error()).isEqualTo(Errors.INVALID_REGULAR_EXPRESSION);
                assertThat(failed.message()).contains("or(der");
              });
    }
  }

  @Test
  void shouldKeepThePlaceOfAStaticMember() throws Exception {
    String topic = NODE.clients().topicWithRecords("service-static");
    try (ServiceMember other = member(settings(topic))) {
      Set<TopicPartition> had;
      ServiceMember member = member(settings(topic).withInstanceId("till-1"));
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                other.release();
                member.release();
                return other.assignment().size() == 2 && member.assignment().size() == 2;
              });
      had = member.assignment();
      int epoch = NODE.clients().describe(topic).groupEpoch().orElseThrow();
      member.tell(new MemberCommand.Leave());
      await().atMost(PATIENCE).until(() -> member.events().contains(new MemberEvent.Left()));
      try (ServiceMember again = member(settings(topic).withInstanceId("till-1"))) {
        await().atMost(PATIENCE).until(() -> again.assignment().equals(had));
        assertThat(NODE.clients().describe(topic).groupEpoch()).contains(epoch);
      }
    }
  }

  private static ServiceMember member(MemberSettings settings) {
    return new ServiceMember(NODE.system(), settings);
  }

  private static MemberSettings settings(String topic) {
    return MemberSettings.create(topic, MemberSubscription.to(Set.of(topic)));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
