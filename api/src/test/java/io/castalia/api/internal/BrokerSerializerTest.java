package io.castalia.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.api.ProducerIdentity;
import io.castalia.api.group.MemberHeartbeat;
import io.castalia.api.group.MemberIdentity;
import io.castalia.api.group.MemberSubscription;
import io.castalia.api.group.OffsetCommit;
import io.castalia.api.group.OffsetQuery;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BrokerSerializerTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();
  private static final TopicPartition PARTITION = new TopicPartition("clicks", 3);

  private final Serialization serialization = SerializationExtension.get(TEST_KIT.system());
  private final ActorRef<BrokerReply> replyTo =
      TEST_KIT.<BrokerReply>createTestProbe("reply").ref();

  @AfterAll
  static void shutDown() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void shouldCarryEveryMessageUnchanged() throws Exception {
    for (Object message : messages().toList()) {
      var serializer = (SerializerWithStringManifest) serialization.findSerializerFor(message);
      byte[] bytes = serializer.toBinary(message);

      assertThat(serializer.fromBinary(bytes, serializer.manifest(message))).isEqualTo(message);
    }
  }

  @Test
  void shouldKnowEveryMessageOfTheProtocol() {
    Set<Class<?>> protocol =
        Stream.of(BrokerCommand.class, BrokerReply.class)
            .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
            .collect(Collectors.toCollection(HashSet::new));

    assertThat(messages().map(Object::getClass)).containsExactlyInAnyOrderElementsOf(protocol);
  }

  @Test
  void shouldKeepItsEncoding() {
    byte[] bytes = serialization.serialize(new BrokerReply.OffsetFound(5, 1_000)).get();

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("000000000000000500000000000003e8");
  }

  @Test
  void shouldRefuseASizeBeyondTheMessage() {
    var in = new WireInput(new byte[] {0x7f, 0, 0, 0});

    assertThatThrownBy(in::string)
        .hasMessage("expected a size within the 0 bytes left, but it was 2130706432");
  }

  private Stream<Object> messages() {
    var key = ByteString.fromString("key");
    var header = new Header("trace", ByteString.fromString("1"));
    var bare = new Header("bare", null);
    return Stream.of(
        new BrokerCommand.Produce(
            PARTITION,
            List.of(
                new OutboundRecord(key, null, 7, List.of(header, bare)),
                new OutboundRecord(null, key, 8, List.of())),
            Optional.of(new ProducerIdentity(1L << 40, (short) 2, 9)),
            replyTo),
        new BrokerCommand.Fetch(PARTITION, 12, 1 << 20, Duration.ofMillis(500), replyTo),
        new BrokerCommand.ProduceBatch(PARTITION, key, replyTo),
        new BrokerCommand.FetchBatches(PARTITION, 12, 1 << 20, Duration.ofMillis(500), replyTo),
        new BrokerCommand.FindOffset(PARTITION, BrokerCommand.FindOffset.EARLIEST, replyTo),
        new BrokerCommand.DeleteRecords(PARTITION, 7, replyTo),
        new BrokerCommand.CreateTopic("clicks", -1, Map.of("retention.ms", "1000"), replyTo),
        new BrokerCommand.CreatePartitions("clicks", 9, replyTo),
        new BrokerCommand.AlterTopicConfigs(
            "clicks", Map.of("retention.ms", "1000"), Set.of("cleanup.policy"), replyTo),
        new BrokerCommand.DeleteTopic("clicks", replyTo),
        new BrokerCommand.DescribeTopic("clicks", replyTo),
        new BrokerCommand.ListTopics(replyTo),
        new BrokerCommand.AllocateProducerId(replyTo),
        new BrokerCommand.GroupHeartbeat(
            new MemberHeartbeat(
                "billing",
                new MemberIdentity("m-1", Optional.of("till-1"), "billing", "/10.0.0.7"),
                7,
                Optional.of(MemberSubscription.matching("click.*").withAssignor("range")),
                Optional.of(Set.of(new TopicIdPartition(new Uuid(1, 2), PARTITION)))),
            replyTo),
        new BrokerCommand.CommitOffsets(
            OffsetCommit.withoutMembership(
                "billing",
                "till",
                Map.of(PARTITION, new OffsetAndMetadata(5, Optional.of(3), "page 7"))),
            replyTo),
        new BrokerCommand.FetchOffsets(
            new OffsetQuery("billing", "m-1", 7, Set.of(PARTITION)), replyTo),
        new BrokerReply.Refused(Errors.OFFSET_OUT_OF_RANGE, "expected less"),
        new BrokerReply.Produced(42),
        new BrokerReply.Fetched(
            List.of(new InboundRecord(1, 2, key, null, List.of(header))), 2, 10, 1),
        new BrokerReply.FetchedBatches(List.of(key, header.value()), 10, 1),
        new BrokerReply.OffsetFound(5, 1_000),
        new BrokerReply.RecordsDeleted(7),
        new BrokerReply.TopicDescribed(
            "clicks", new Uuid(1, 2), 4, Map.of("cleanup.policy", "compact")),
        new BrokerReply.TopicsListed(List.of("a", "b")),
        new BrokerReply.ProducerIdAllocated(77),
        new BrokerReply.HeartbeatAnswered(
            7,
            Duration.ofSeconds(5),
            Optional.of(Set.of(new TopicIdPartition(new Uuid(1, 2), PARTITION))),
            true),
        new BrokerReply.OffsetsCommitted(Map.of(PARTITION, Errors.STALE_MEMBER_EPOCH)),
        new BrokerReply.OffsetsFetched(Map.of(PARTITION, new OffsetAndMetadata(5, "page 7"))));
  }
}
