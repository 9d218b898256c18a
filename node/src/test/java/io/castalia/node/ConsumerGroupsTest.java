package io.castalia.node;

import static io.castalia.node.GroupClients.PARTITIONS;
import static io.castalia.node.GroupClients.RECORDS;
import static io.castalia.node.GroupClients.pollUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own clients, unchanged, in groups on a node. */
class ConsumerGroupsTest {
  @RegisterExtension static final GroupNode NODE = new GroupNode();

  @ParameterizedTest
  @ValueSource(
      classes = {
        RangeAssignor.class,
        RoundRobinAssignor.class,
        StickyAssignor.class,
        CooperativeStickyAssignor.class
      })
  void shouldSharePartitionsAmongMembersAndGoOnAfterOneLeft(Class<?> assignor) throws Exception {
    String topic = NODE.clients().topicWithRecords("shared-" + assignor.getSimpleName());
    Map<String, Object> config = Map.of("partition.assignment.strategy", assignor.getName());
    Set<String> read = new HashSet<>();

    try (KafkaConsumer<String, String> first = NODE.clients().member(topic, config)) {
      first.subscribe(List.of(topic));
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
      try (KafkaConsumer<String, String> second = NODE.clients().member(topic, config)) {
        second.subscribe(List.of(topic));
        pollUntil(
            () -> first.assignment().size() == 2 && second.assignment().size() == 2,
            read,
            List.of(first, second));
        assertThat(second.assignment()).doesNotContainAnyElementsOf(first.assignment());
        pollUntil(() -> read.size() == RECORDS, read, List.of(first, second));
        assertThat(NODE.clients().describe(topic).members()).hasSize(2);
        assertThat(NODE.clients().describe(topic).partitionAssignor())
            .isEqualTo(assignorName(assignor));
      }
      pollUntil(() -> first.assignment().size() == PARTITIONS, read, List.of(first));
    }
    assertThat(read).hasSize(RECORDS);
  }

  @Test
  void shouldGoOnBehindTheLastCommit() throws Exception {
    String topic = NODE.clients().topicWithRecords("resumed");
    TopicPartition partition = new TopicPartition(topic, 1);
    try (KafkaConsumer<String, String> member = NODE.clients().member(topic, Map.of())) {
      member.subscribe(List.of(topic));
      Set<String> read = new HashSet<>();
      pollUntil(() -> read.size() == RECORDS, read, List.of(member));
      member.commitSync(Map.of(partition, new OffsetAndMetadata(20, "page 7")));
      assertThat(member.committed(Set.of(partition)))
          .containsEntry(partition, new OffsetAndMetadata(20, "page 7"));
    }

    try (KafkaConsumer<String, String> member = NODE.clients().member(topic, Map.of())) {
      member.subscribe(List.of(topic));
      Set<String> read = new HashSet<>();
      // The other three partitions have no commit, and start again.
      pollUntil(() -> read.size() == RECORDS - 20, read, List.of(member));
      assertThat(read).contains("1/20").doesNotContain("1/19");
    }
  }

  @Test
  void shouldKeepTwoGroupsApart() throws Exception {
    String topic = NODE.clients().topicWithRecords("broadcast");
    for (String group : List.of("pages", "failures")) {
      try (KafkaConsumer<String, String> member = NODE.clients().member(group, Map.of())) {
        member.subscribe(List.of(topic));
        Set<String> read = new HashSet<>();
        pollUntil(() -> read.size() == RECORDS, read, List.of(member));
      }
    }
  }

  @Test
  void shouldRecogniseAStaticMemberThatComesBack() throws Exception {
    String topic = NODE.clients().topicWithRecords("static");
    Map<String, Object> config = Map.of("group.instance.id", "till-1");
    int generation;
    try (KafkaConsumer<String, String> member = NODE.clients().member(topic, config)) {
      member.subscribe(List.of(topic));
      pollUntil(() -> member.assignment().size() == PARTITIONS, new HashSet<>(), List.of(member));
      generation = member.groupMetadata().generationId();
    }
    try (KafkaConsumer<String, String> member = NODE.clients().member(topic, config)) {
      member.subscribe(List.of(topic));
      pollUntil(() -> member.assignment().size() == PARTITIONS, new HashSet<>(), List.of(member));
      assertThat(member.groupMetadata().generationId()).isEqualTo(generation);
      assertThat(NODE.clients().describe(topic).members().iterator().next().groupInstanceId())
          .contains("till-1");
    }
  }

  @Test
  void shouldLetAnOperatorListDescribeAlterAndDelete() throws Exception {
    String topic = NODE.clients().topicWithRecords("operated");
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, String> member = NODE.clients().member(topic, Map.of())) {
      member.subscribe(List.of(topic));
      pollUntil(() -> !member.assignment().isEmpty(), new HashSet<>(), List.of(member));
      member.commitSync(Map.of(partition, new OffsetAndMetadata(3)));

      ConsumerGroupDescription described = NODE.clients().describe(topic);
      assertThat(described.groupState()).isEqualTo(GroupState.STABLE);
      assertThat(described.members().iterator().next().host()).isEqualTo("/127.0.0.1");
      assertThat(described.members().iterator().next().assignment().topicPartitions())
          .hasSize(PARTITIONS);
      assertThatThrownBy(
              () -> NODE.clients().admin().deleteConsumerGroups(List.of(topic)).all().get())
          .hasCauseInstanceOf(GroupNotEmptyException.class);
    }
    assertThat(NODE.clients().admin().listGroups().all().get())
        .extracting(GroupListing::groupId)
        .contains(topic)
        .doesNotHaveDuplicates();
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
    NODE.clients().admin().deleteConsumerGroupOffsets(topic, Set.of(partition)).all().get();
    assertThat(
            NODE.clients()
                .admin()
                .listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata()
                .get())
        .doesNotContainKey(partition);
    NODE.clients().admin().deleteConsumerGroups(List.of(topic)).all().get();
    assertThatThrownBy(() -> NODE.clients().describe(topic))
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
  }

  private static String assignorName(Class<?> assignor) {
    return Map.of(
            RangeAssignor.class, "range",
            RoundRobinAssignor.class, "roundrobin",
            StickyAssignor.class, "sticky",
            CooperativeStickyAssignor.class, "cooperative-sticky")
        .getOrDefault(assignor, "?");
  }
}
