package io.castalia.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.wire.Wire;
import io.castalia.testkit.wire.WireGroup;
import io.castalia.testkit.wire.WireGroup.Asker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What members of groups are told that ask for what they may not have. Holds for Kafka too, which
 * {@code -Dcastalia.bench.server=kafka} shows.
 */
final class GroupErrorsTest {

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private static final String UNKNOWN_GROUP = "nobodys";

  private static String topic = "";
  private static Admin admin;
  private static Wire wire;
  private static WireGroup groups;

  /** A static member of a stable group, and the member whose place it has taken. */
  private static Asker member;

  private static Asker fenced;

  @BeforeAll
  static void join() throws Exception {
    topic = BROKER.newTopic(1);
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrap()));
    // A Kafka that has had no group yet needs time; its clients know how to wait for that.
    for (String group : List.of("errors-of-" + topic, "rebalance-of-" + topic, UNKNOWN_GROUP)) {
      admin.listConsumerGroupOffsets(group).all().get();
    }
    wire = new Wire(BROKER.bootstrap());
    groups = new WireGroup(wire);
    fenced = groups.joinAlone("errors-of-" + topic, "till-1");
    JoinGroupResponseData again =
        groups.join(WireGroup.joining(new Asker(fenced.group(), "", "till-1", -1), "range"));
    member = new Asker(fenced.group(), again.memberId(), "till-1", again.generationId());
  }

  @AfterAll
  static void close() throws IOException {
    admin.close();
    wire.close();
  }

  private static Asker stranger() {
    return Asker.of(member.group(), "stranger", member.generation());
  }

  @Test
  void shouldRefuseHeartbeats() throws IOException {
    assertThat(groups.heartbeat(Asker.of("", "m", 1))).isEqualTo(Errors.INVALID_GROUP_ID);
    assertThat(groups.heartbeat(Asker.of(UNKNOWN_GROUP, "m", 1)))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.heartbeat(stranger())).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.heartbeat(member.of(member.generation() - 1)))
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(groups.heartbeat(member.of(member.generation() + 1)))
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(groups.heartbeat(fenced)).isEqualTo(Errors.FENCED_INSTANCE_ID);
    assertThat(groups.heartbeat(member)).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseSyncs() throws IOException {
    assertThat(groups.sync(Asker.of("", "m", 1), "range")).isEqualTo(Errors.INVALID_GROUP_ID);
    assertThat(groups.sync(Asker.of(UNKNOWN_GROUP, "m", 1), "range"))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.sync(stranger(), "range")).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.sync(member.of(member.generation() + 1), "range"))
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(groups.sync(fenced, "range")).isEqualTo(Errors.FENCED_INSTANCE_ID);
    assertThat(groups.sync(member, "sticky")).isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(groups.sync(member, "range")).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseJoins() throws IOException {
    Asker anybody = Asker.of(member.group(), "", -1);

    assertThat(joining(WireGroup.joining(Asker.of("", "", -1), "range")))
        .isEqualTo(Errors.INVALID_GROUP_ID);
    assertThat(joining(WireGroup.joining(anybody, "range").setSessionTimeoutMs(1)))
        .isEqualTo(Errors.INVALID_SESSION_TIMEOUT);
    assertThat(joining(WireGroup.joining(anybody, "range").setSessionTimeoutMs(Integer.MAX_VALUE)))
        .isEqualTo(Errors.INVALID_SESSION_TIMEOUT);
    assertThat(joining(WireGroup.joining(stranger(), "range"))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(joining(WireGroup.joining(Asker.of(UNKNOWN_GROUP, "m", 1), "range")))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(joining(WireGroup.joining(fenced, "range"))).isEqualTo(Errors.FENCED_INSTANCE_ID);
    assertThat(joining(WireGroup.joining(anybody, "sticky")))
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(joining(WireGroup.joining(anybody, "range").setProtocolType("connect")))
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(joining(WireGroup.joining(Asker.of("begun-with-nothing", "", -1))))
        .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void shouldRefuseToLetGoWhomItDoesNotHave() throws IOException {
    assertThat(groups.leave(Asker.of("", "m", 1))).isEqualTo(Errors.INVALID_GROUP_ID);
    assertThat(groups.leave(Asker.of(UNKNOWN_GROUP, "m", 1))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.leave(stranger())).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.leave(fenced)).isEqualTo(Errors.FENCED_INSTANCE_ID);
  }

  @Test
  void shouldRefuseCommits() throws IOException {
    assertThat(groups.commit(Asker.of(UNKNOWN_GROUP, "m", 1), topic, "", 8))
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(groups.commit(Asker.of(UNKNOWN_GROUP, "m", 1), topic, "", 9))
        .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(groups.commit(stranger(), topic, "")).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.commit(Asker.of(member.group(), "", -1), topic, ""))
        .isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    assertThat(groups.commit(member.of(member.generation() - 1), topic, ""))
        .isEqualTo(Errors.ILLEGAL_GENERATION);
    assertThat(groups.commit(fenced, topic, "")).isEqualTo(Errors.FENCED_INSTANCE_ID);
    assertThat(groups.commit(member, "no-such-topic", ""))
        .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(groups.commit(member, topic, "m".repeat(4_097)))
        .isEqualTo(Errors.OFFSET_METADATA_TOO_LARGE);
    assertThat(groups.commit(member, topic, "m".repeat(4_096))).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseWhatDoesNotFitRebalance() throws IOException {
    Asker first = groups.joinAlone("rebalance-of-" + topic, null);
    try (Wire other = new Wire(BROKER.bootstrap())) {
      WireGroup others = new WireGroup(other);
      String id =
          others.join(WireGroup.joining(Asker.of(first.group(), "", -1), "range")).memberId();
      RequestHeader waiting =
          other.send(WireGroup.joining(Asker.of(first.group(), id, -1), "range"), 9);
      awaitRebalance(first);

      assertThat(groups.sync(first, "range")).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
      assertThat(groups.commit(first, topic, "")).isEqualTo(Errors.NONE);

      JoinGroupResponseData joined = groups.join(WireGroup.joining(first, "range"));
      assertThat(other.receive(waiting, JoinGroupResponseData.class).generationId())
          .isEqualTo(joined.generationId());
      Asker now = first.of(joined.generationId());
      assertThat(groups.commit(now, topic, "")).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
      assertThat(groups.commit(first, topic, "")).isEqualTo(Errors.ILLEGAL_GENERATION);
      assertThat(groups.heartbeat(first)).isEqualTo(Errors.ILLEGAL_GENERATION);

      assertThat(groups.sync(now, "range", now.member(), id)).isEqualTo(Errors.NONE);
      assertThat(groups.commit(now, topic, "")).isEqualTo(Errors.NONE);
    }
  }

  @Test
  void shouldRefuseOperators() throws Exception {
    assertThat(failure(admin.deleteConsumerGroups(List.of(UNKNOWN_GROUP)).all()))
        .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(failure(admin.deleteConsumerGroups(List.of(member.group())).all()))
        .isEqualTo(Errors.NON_EMPTY_GROUP);
    assertThat(failure(admin.describeConsumerGroups(List.of(UNKNOWN_GROUP)).all()))
        .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    assertThat(
            failure(
                admin
                    .deleteConsumerGroupOffsets(UNKNOWN_GROUP, Set.of(new TopicPartition(topic, 0)))
                    .all()))
        .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
  }

  private static void awaitRebalance(Asker asker) throws IOException {
    Errors answer = Errors.NONE;
    while (answer == Errors.NONE) {
      answer = groups.heartbeat(asker);
    }
    assertThat(answer).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
  }

  private static Errors joining(JoinGroupRequestData request) throws IOException {
    return Errors.forCode(groups.join(request).errorCode());
  }

  private static Errors failure(KafkaFuture<?> asked) throws InterruptedException {
    try {
      asked.get();
      return Errors.NONE;
    } catch (ExecutionException e) {
      return Errors.forException(e.getCause());
    }
  }
}
