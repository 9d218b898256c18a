package io.castalia.node;

import static io.castalia.node.GroupClients.PARTITIONS;
import static io.castalia.node.GroupClients.RECORDS;
import static io.castalia.node.GroupClients.commit;
import static io.castalia.node.GroupClients.pollUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.apache.kafka.common.errors.UnsupportedAssignorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own clients, unchanged, in groups of the consumer protocol on a node. */
class ConsumerProtocolTest {
  private static final Map<String, Object> CONSUMER = Map.of("group.protocol", "consumer");

  @RegisterExtension static final GroupNode NODE = new GroupNode();

  private static KafkaConsumer<String, String> member(String group) {
    return NODE.clients().member(group, CONSUMER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uniform", "range"})
  void shouldSharePartitionsAmongMembersAndGoOnAfterOneLeft(String assignor) throws Exception {
    String topic = NODE.clients().topicWithRecords("consumer-" + assignor);
    Map<String, Object> config =
        Map.of("group.protocol", "consumer", "group.remote.assignor", assignor);
    Set<String> read = new HashSet<>();

    try (KafkaConsumer<String, String> first = NODE.clients().member(topic, config)) {
      first.subscribe(List.of(topic));
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
      try (KafkaConsumer<String, String> second = NODE.clients().member(topic, config);
          KafkaConsumer<String, String> third = NODE.clients().member(topic, config)) {
        second.subscribe(List.of(topic));
        third.subscribe(List.of(topic));
        List<KafkaConsumer<String, String>> all = List.of(first, second, third);
        pollUntil(
            () ->
                all.stream().allMatch(each -> !each.assignment().isEmpty())
                    && all.stream().mapToInt(each -> each.assignment().size()).sum() == PARTITIONS,
            read,
            all);
        pollUntil(() -> read.size() == RECORDS, read, all);
        assertThat(NODE.clients().describe(topic).members()).hasSize(3);
        assertThat(NODE.clients().describe(topic).partitionAssignor()).isEqualTo(assignor);
      }
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
    }
    assertThat(read).hasSize(RECORDS);
  }

  @Test
  void shouldGoOnBehindTheLastCommit() throws Exception {
    String topic = NODE.clients().topicWithRecords("consumer-resumed");
    TopicPartition partition = new TopicPartition(topic, 1);
    try (KafkaConsumer<String, String> member = member(topic)) {
      member.subscribe(List.of(topic));
      Set<String> read = new HashSet<>();
      pollUntil(() -> read.size() == RECORDS, read, List.of(member));
      member.commitSync(Map.of(partition, new OffsetAndMetadata(20, "page 7")));
      assertThat(member.committed(Set.of(partition)))
          .containsEntry(partition, new OffsetAndMetadata(20, "page 7"));
    }

    try (KafkaConsumer<String, String> member = member(topic)) {
      member.subscribe(List.of(topic));
      Set<String> read = new HashSet<>();
      pollUntil(() -> read.size() == RECORDS - 20, read, List.of(member));
      assertThat(read).contains("1/20").doesNotContain("1/19");
    }
  }

  @Test
  void shouldFollowTopicsThatAnExpressionMatches() throws Exception {
    String first = NODE.clients().topicWithRecords("matched-1");
    Set<String> read = new HashSet<>();
    try (KafkaConsumer<String, String> member = member("matching")) {
      member.subscribe(new SubscriptionPattern("matched-[0-9]"));
      pollUntil(() -> member.assignment().size() == PARTITIONS, read, List.of(member));

      NODE.clients()
          .admin()
          .createTopics(List.of(new NewTopic("matched-2", 2, (short) 1)))
          .all()
          .get();
      NODE.clients()
          .admin()
          .createTopics(List.of(new NewTopic("unmatched", 2, (short) 1)))
          .all()
          .get();
      pollUntil(() -> member.assignment().size() == PARTITIONS + 2, read, List.of(member));
      NODE.clients()
          .admin()
          .createPartitions(Map.of("matched-2", NewPartitions.increaseTo(3)))
          .all()
          .get();
      pollUntil(() -> member.assignment().size() == PARTITIONS + 3, read, List.of(member));
      NODE.clients().admin().deleteTopics(List.of(first)).all().get();
      pollUntil(() -> member.assignment().size() == 3, read, List.of(member));
    }
  }

  @Test
  void shouldTellAClientWhatIsWrongWithWhatItWants() {
    try (KafkaConsumer<String, String> member = member("wrong")) {
      member.subscribe(new SubscriptionPattern("or(der"));
      assertThatThrownBy(() -> pollUntil(() -> false, new HashSet<>(), List.of(member)))
          .isInstanceOf(InvalidRegularExpression.class);
    }
    try (KafkaConsumer<String, String> member =
        NODE.clients()
            .member(
                "wrong", Map.of("group.protocol", "consumer", "group.remote.assignor", "sticky"))) {
      member.subscribe(List.of("anything"));
      assertThatThrownBy(() -> pollUntil(() -> false, new HashSet<>(), List.of(member)))
          .isInstanceOf(UnsupportedAssignorException.class);
    }
  }

  @Test
  void shouldKeepThePlaceOfAStaticMemberThatComesBack() throws Exception {
    String topic = NODE.clients().topicWithRecords("consumer-static");
    Map<String, Object> config =
        Map.of("group.protocol", "consumer", "group.instance.id", "till-1");
    Set<String> read = new HashSet<>();
    int epoch;
    try (KafkaConsumer<String, String> other = member(topic)) {
      other.subscribe(List.of(topic));
      Set<TopicPartition> had;
      try (KafkaConsumer<String, String> member = NODE.clients().member(topic, config)) {
        member.subscribe(List.of(topic));
        pollUntil(
            () -> member.assignment().size() == 2 && other.assignment().size() == 2,
            read,
            List.of(member, other));
        had = Set.copyOf(member.assignment());
        epoch = NODE.clients().describe(topic).groupEpoch().orElseThrow();
      }
      try (KafkaConsumer<String, String> member = NODE.clients().member(topic, config)) {
        member.subscribe(List.of(topic));
        pollUntil(() -> member.assignment().size() == 2, read, List.of(member, other));
        assertThat(member.assignment()).isEqualTo(had);
        assertThat(NODE.clients().describe(topic).groupEpoch()).contains(epoch);
        assertThat(NODE.clients().describe(topic).members())
            .anySatisfy(each -> assertThat(each.groupInstanceId()).contains("till-1"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {RangeAssignor.class, CooperativeStickyAssignor.class})
  void shouldServeMembersOfBothProtocolsSideBySide(Class<?> assignor) throws Exception {
    String topic = NODE.clients().topicWithRecords("mixed-" + assignor.getSimpleName());
    Map<String, Object> classic = Map.of("partition.assignment.strategy", assignor.getName());
    Set<String> read = new HashSet<>();
    try (KafkaConsumer<String, String> first = NODE.clients().member(topic, classic)) {
      first.subscribe(List.of(topic));
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
      commit(first, read, List.of(first));
      assertThat(NODE.clients().describe(topic).type()).isEqualTo(GroupType.CLASSIC);

      try (KafkaConsumer<String, String> second = member(topic)) {
        second.subscribe(List.of(topic));
        shareInHalves(first, second, read);
        commit(first, read, List.of(first, second));
        commit(second, read, List.of(first, second));
        ConsumerGroupDescription both = NODE.clients().describe(topic);
        assertThat(both.type()).isEqualTo(GroupType.CONSUMER);
        assertThat(both.members())
            .extracting(MemberDescription::upgraded)
            .containsExactlyInAnyOrder(Optional.of(false), Optional.of(true));
        try (KafkaConsumer<String, String> third = NODE.clients().member(topic, classic)) {
          third.subscribe(List.of(topic));
          List<KafkaConsumer<String, String>> all = List.of(first, second, third);
          pollUntil(() -> !third.assignment().isEmpty(), read, all);
        }
        shareInHalves(first, second, read);
      }
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
      pollUntil(() -> read.size() == RECORDS, read, List.of(first));
      commit(first, read, List.of(first));
      assertThat(NODE.clients().describe(topic).type()).isEqualTo(GroupType.CLASSIC);
      assertThat(NODE.clients().describe(topic).groupState()).isEqualTo(GroupState.STABLE);
    }
    assertThat(read).hasSize(RECORDS);
  }

  private static void shareInHalves(
      KafkaConsumer<String, String> first, KafkaConsumer<String, String> second, Set<String> read) {
    pollUntil(
        () ->
            first.assignment().size() == PARTITIONS / 2
                && second.assignment().size() == PARTITIONS / 2
                && Collections.disjoint(first.assignment(), second.assignment()),
        read,
        List.of(first, second));
  }

  @Test
  void shouldUpgradeAGroupMemberByMemberWithoutLosingItsPlace() throws Exception {
    String topic = NODE.clients().topicWithRecords("rolled");
    Set<String> read = new HashSet<>();
    KafkaConsumer<String, String> first = NODE.clients().member(topic, Map.of());
    KafkaConsumer<String, String> second = NODE.clients().member(topic, Map.of());
    first.subscribe(List.of(topic));
    second.subscribe(List.of(topic));
    shareInHalves(first, second, read);
    pollUntil(() -> read.size() == RECORDS, read, List.of(first, second));
    commit(first, read, List.of(first, second));
    commit(second, read, List.of(first, second));

    first.close();
    KafkaConsumer<String, String> firstAgain = member(topic);
    firstAgain.subscribe(List.of(topic));
    Set<String> readAgain = new HashSet<>();
    shareInHalves(firstAgain, second, readAgain);
    second.close();
    KafkaConsumer<String, String> secondAgain = member(topic);
    secondAgain.subscribe(List.of(topic));
    shareInHalves(firstAgain, secondAgain, readAgain);

    assertThat(NODE.clients().describe(topic).members())
        .allSatisfy(member -> assertThat(member.upgraded()).contains(true));
    firstAgain.close();
    secondAgain.close();
    assertThat(readAgain).isEmpty();
  }

  @Test
  void shouldLetAnOperatorListDescribeAlterAndDelete() throws Exception {
    String topic = NODE.clients().topicWithRecords("consumer-operated");
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, String> member = member(topic)) {
      member.subscribe(List.of(topic));
      pollUntil(() -> member.assignment().size() == PARTITIONS, new HashSet<>(), List.of(member));
      member.commitSync(Map.of(partition, new OffsetAndMetadata(3)));

      ConsumerGroupDescription described = NODE.clients().describe(topic);
      assertThat(described.type()).isEqualTo(GroupType.CONSUMER);
      assertThat(described.groupState()).isEqualTo(GroupState.STABLE);
      assertThat(described.groupEpoch()).contains(1);
      assertThat(described.targetAssignmentEpoch()).contains(1);
      MemberDescription shown = described.members().iterator().next();
      assertThat(shown.host()).isEqualTo("/127.0.0.1");
      assertThat(shown.memberEpoch()).contains(1);
      assertThat(shown.upgraded()).contains(true);
      assertThat(shown.assignment().topicPartitions()).hasSize(PARTITIONS);
      assertThat(shown.targetAssignment().orElseThrow().topicPartitions()).hasSize(PARTITIONS);
      assertThatThrownBy(
              () -> NODE.clients().admin().deleteConsumerGroups(List.of(topic)).all().get())
          .hasCauseInstanceOf(GroupNotEmptyException.class);
    }
    assertThat(
            NODE.clients()
                .admin()
                .listGroups(new ListGroupsOptions().withTypes(Set.of(GroupType.CONSUMER)))
                .all()
                .get())
        .filteredOn(group -> group.groupId().equals(topic))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.groupState()).contains(GroupState.EMPTY);
              assertThat(group.type()).contains(GroupType.CONSUMER);
              assertThat(group.protocol()).isEqualTo("consumer");
            });
    assertThat(
            NODE.clients()
                .admin()
                .listGroups(new ListGroupsOptions().withTypes(Set.of(GroupType.CLASSIC)))
                .all()
                .get())
        .extracting(GroupListing::groupId)
        .doesNotContain(topic);
    NODE.clients()
        .admin()
        .alterConsumerGroupOffsets(topic, Map.of(partition, new OffsetAndMetadata(7)))
        .all()
        .get();
    assertThat(
            NODE.clients()
                .admin()
                .listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata()
                .get())
        .containsEntry(partition, new OffsetAndMetadata(7));
    NODE.clients().admin().deleteConsumerGroups(List.of(topic)).all().get();
  }
}
