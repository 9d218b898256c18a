package io.castalia.actors.partition;

import static io.castalia.actors.partition.Batches.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.topic.TopicCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A partition with its journal and all that it depends on, which are fakes. */
abstract class PartitionActorBase {
  static final Duration MAX_READ_LAG = Duration.ofSeconds(1);
  static final PartitionId ID = new PartitionId(Uuid.ONE_UUID, 0);

  @SuppressWarnings("NullAway.Init")
  static ActorTestKit kit;

  final FakeJournal journal = new FakeJournal(kit);
  final FakeOwnedLogs logs = new FakeOwnedLogs();
  final OpenLogs openLogs = new OpenLogs();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final AtomicBoolean storeIsShort = new AtomicBoolean();
  final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  final TestProbe<AppendResult> results = kit.createTestProbe();
  private final AtomicReference<TopicCatalog> catalog =
      new AtomicReference<>(OneTopic.of(ID.topicId(), Map.of()));
  ActorRef<PartitionCommand> partition;

  @BeforeAll
  static void startKit() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  static void stopKit() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void spawn() {
    PartitionSettings settings =
        new PartitionSettings(
            8,
            Duration.ofSeconds(5),
            10_000,
            100,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            MAX_READ_LAG,
            Duration.ofMillis(10),
            Duration.ofMillis(20));
    PartitionResources resources =
        new PartitionResources(
            catalog::get,
            logs,
            storeIsShort::get,
            settings,
            Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
            new KnownEpochs(),
            openLogs,
            (id, owner) -> journal.create(owner),
            new PartitionMeters(meters));
    partition = kit.spawn(PartitionActor.create(ID, shard.getRef(), resources));
  }

  void append(ByteString batches) {
    partition.tell(new Append(batches, results.getRef()));
  }

  void write(ByteString batches) {
    append(batches);
    journal.confirm(journal.nextWrite(), partition);
    assertThat(results.receiveMessage().error()).isEqualTo(Errors.NONE);
  }

  List<Long> offsets(int count) {
    return results.receiveSeveralMessages(count).stream().map(AppendResult::baseOffset).toList();
  }

  PartitionBounds bounds(long offset) {
    TestProbe<PartitionBounds> probe = kit.createTestProbe();
    partition.tell(new Locate(offset, -1, probe.getRef()));
    return probe.receiveMessage();
  }
}
