package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.actors.partition.FakeOwnedLogs;
import io.castalia.actors.partition.PartitionId;
import io.castalia.persistence.FencedException;
import io.castalia.persistence.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.pattern.Patterns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTopicsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      pekko.actor.provider = cluster
      pekko.actor.serialize-messages = on
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.cluster.singleton.hand-over-retry-interval = 100ms
      pekko.coordinated-shutdown.run-by-actor-system-terminate = off
      remembering-journal {
        class = "io.castalia.actors.topic.RememberingJournal"
        plugin-dispatcher = "pekko.actor.default-dispatcher"
      }
      castalia.topic-registry {
        journal-plugin = remembering-journal
        snapshot-plugin = pekko.persistence.snapshot-store.local
        renew-interval = 100ms
        request-timeout = 60s
        min-backoff = 20ms
        max-backoff = 100ms
        kafka { "num.partitions" = 4 }
      }
      """;

  private final Set<PartitionId> dropped = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<PartitionId, Integer> attempts = new ConcurrentHashMap<>();
  private final FakeOwnedLogs logs = new FakeOwnedLogs();
  private volatile boolean purging = true;

  @TempDir Path snapshots;
  private ActorTestKit kit;
  private RegistryTopics topics;

  @BeforeEach
  void start() {
    RememberingJournal.forget();
    startNode();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void shouldShowATopicAsSoonAsItIsCreated() {
    TopicResult result = join(topics.create("t", -1, Map.of("retention.ms", "5"), false));

    assertThat(result.error()).isEqualTo(Errors.NONE);
    TopicDescription topic = topics.catalog().byName("t").orElseThrow();
    assertThat(result.topic()).contains(topic);
    assertThat(topic.partitions()).isEqualTo(4);
    assertThat(topics.catalog().byId(topic.id())).contains(topic);
    assertThat(join(topics.create("t", 1, Map.of(), false)).error())
        .isEqualTo(Errors.TOPIC_ALREADY_EXISTS);
  }

  @Test
  void shouldNotRefuseWhatAnotherRegistryMayKnowBetter() {
    create("t", 1);
    logs.confirmation =
        CompletableFuture.failedFuture(new StoreUnavailableException("the store is away"));

    assertThat(join(topics.create("t", 1, Map.of(), false)).error())
        .isEqualTo(Errors.REQUEST_TIMED_OUT);
    assertThat(join(topics.create("u", 1, Map.of(), true)).error())
        .isEqualTo(Errors.REQUEST_TIMED_OUT);
    assertThat(join(topics.create("u", 1, Map.of(), false)).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldStartAnewWhenItsLogHasAnotherOwner() {
    create("t", 1);
    logs.confirmation = CompletableFuture.failedFuture(new FencedException("taken"));

    assertThat(join(topics.create("t", 1, Map.of(), false)).error())
        .isEqualTo(Errors.REQUEST_TIMED_OUT);

    logs.confirmation = CompletableFuture.completedFuture(Done.getInstance());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(join(topics.create("t", 1, Map.of(), false)).error())
                    .isEqualTo(Errors.TOPIC_ALREADY_EXISTS));
  }

  @Test
  void shouldOnlyValidateWhenAsked() {
    assertThat(join(topics.create("t", 1, Map.of(), true)).error()).isEqualTo(Errors.NONE);
    assertThat(join(topics.create("t", 1, Map.of("x", "y"), true)).error())
        .isEqualTo(Errors.INVALID_CONFIG);
    assertThat(topics.catalog().all()).isEmpty();
  }

  @Test
  void shouldRememberEverythingAcrossARestart() {
    String clusterId = topics.clusterId();
    TopicDescription kept = create("kept", 2);
    join(topics.createPartitions("kept", 3, false));
    join(
        topics.alterConfigs(
            "kept",
            List.of(new ConfigChange("retention.ms", ConfigChange.Operation.SET, "7")),
            false));
    join(
        topics.alterBrokerConfigs(
            List.of(new ConfigChange("log.retention.ms", ConfigChange.Operation.SET, "8")), false));
    long producerId = join(topics.nextProducerId());

    restart();

    assertThat(topics.clusterId()).isEqualTo(clusterId);
    assertThat(topics.catalog().all())
        .containsExactly(new TopicDescription("kept", kept.id(), 3, Map.of("retention.ms", "7")));
    assertThat(topics.catalog().brokerConfigs()).isEqualTo(Map.of("log.retention.ms", "8"));
    assertThat(topics.catalog().staticBrokerConfigs()).isEqualTo(Map.of("num.partitions", "4"));
    assertThat(join(topics.nextProducerId())).isGreaterThan(producerId);
  }

  @Test
  void shouldRecoverFromASnapshot() {
    for (int i = 0; i < 250; i++) {
      create("t" + i, 1);
    }

    restart();

    assertThat(topics.catalog().all()).hasSize(250);
  }

  @Test
  void shouldPurgeADeletedTopicDespiteFailures() {
    TopicDescription topic = create("t", 250);

    assertThat(join(topics.delete(topic.id())).error()).isEqualTo(Errors.NONE);

    assertThat(topics.catalog().byName("t")).isEmpty();
    assertThat(topics.catalog().byId(topic.id())).isEmpty();
    await().atMost(PATIENCE).until(() -> dropped.size() == 250);
    assertThat(attempts.get(new PartitionId(topic.id(), 7))).isEqualTo(3);
    assertThat(join(topics.delete(topic.id())).error()).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
  }

  @Test
  void shouldGoOnPurgingAfterARestart() {
    purging = false;
    TopicDescription topic = create("t", 5);
    join(topics.delete(topic.id()));
    await().atMost(PATIENCE).until(() -> !attempts.isEmpty());

    purging = true;
    restart();

    await().atMost(PATIENCE).until(() -> dropped.size() == 5);
  }

  @Test
  void shouldNotPurgeAgainWhatIsGone() {
    TopicDescription topic = create("t", 5);
    int before = RememberingJournal.writes();
    join(topics.delete(topic.id()));
    await()
        .atMost(PATIENCE)
        .until(() -> dropped.size() == 5 && RememberingJournal.writes() >= before + 2);
    attempts.clear();

    restart();
    create("other", 1);

    assertThat(attempts).isEmpty();
  }

  @Test
  void shouldAnswerRetriablyWhenTheStoreFailsAndResume() {
    RememberingJournal.failNextWrites(1);

    TopicResult lost = join(topics.create("t", 1, Map.of(), false));

    assertThat(lost.error()).isEqualTo(Errors.REQUEST_TIMED_OUT);
    assertThat(lost.message()).isNotBlank();
    create("t", 1);
  }

  /** A persistent actor's stash holds 4,096 and drops more without a word. */
  @Test
  void shouldAnswerEveryRequestOfABurstDuringAWrite() {
    RememberingJournal.hold();
    CompletableFuture<TopicResult> first =
        topics.create("first", 1, Map.of(), false).toCompletableFuture();
    List<CompletableFuture<TopicResult>> burst =
        IntStream.range(0, 6_000)
            .mapToObj(i -> topics.create("t" + i, 1, Map.of(), true).toCompletableFuture())
            .toList();

    RememberingJournal.release();

    assertThat(burst).allSatisfy(each -> assertThat(join(each).error()).isEqualTo(Errors.NONE));
    assertThat(join(first).error()).isEqualTo(Errors.NONE);
  }

  @Test
  void shouldRefuseRequestsThatAreTooLarge() {
    TopicResult result = join(topics.create("x".repeat(40_000), 1, Map.of(), false));

    assertThat(result.error()).isEqualTo(Errors.INVALID_REQUEST);
  }

  @Test
  void shouldWriteManyTopicsInFewBatches() {
    int writes = RememberingJournal.writes();
    long begin = System.nanoTime();
    RememberingJournal.hold();
    List<CompletableFuture<TopicResult>> results = new ArrayList<>();
    IntStream.range(0, 1000)
        .forEach(
            i ->
                results.add(
                    topics.create("topic-" + i, 100, Map.of(), false).toCompletableFuture()));
    awaitCollected();

    RememberingJournal.release();

    results.forEach(result -> assertThat(join(result).error()).isEqualTo(Errors.NONE));

    System.out.printf(
        "1,000 topics of 100 partitions: %d ms, %d writes%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
        RememberingJournal.writes() - writes);
    assertThat(topics.catalog().all()).hasSize(1000);
    assertThat(RememberingJournal.writes() - writes).isLessThan(20);
  }

  @Test
  void shouldGiveEachProducerItsOwnId() {
    List<Long> ids =
        IntStream.range(0, 2500).mapToObj(i -> topics.nextProducerId()).map(this::join).toList();

    assertThat(ids).doesNotHaveDuplicates();
  }

  private TopicDescription create(String name, int partitions) {
    TopicResult result = join(topics.create(name, partitions, Map.of(), false));
    assertThat(result.error()).as(result.message()).isEqualTo(Errors.NONE);
    return result.topic().orElseThrow();
  }

  /** All that was asked before has come to the registry, by way of its proxy. */
  private void awaitCollected() {
    awaitEmptyMailbox("/system/singletonProxytopic-registry-*");
    awaitEmptyMailbox("/system/singletonManagertopic-registry/topic-registry");
  }

  /** An actor answers this when it has taken what came before, whatever it does with it. */
  private void awaitEmptyMailbox(String path) {
    ActorSelection actor = Adapter.toClassic(kit.system()).actorSelection(path);
    assertThat(join(Patterns.ask(actor, new Identify(path), PATIENCE)))
        .isInstanceOfSatisfying(
            ActorIdentity.class, found -> assertThat(found.getActorRef()).isPresent());
  }

  private void restart() {
    kit.shutdownTestKit();
    startNode();
  }

  private void startNode() {
    Config config =
        ConfigFactory.parseString(
                "pekko.persistence.snapshot-store.local.dir = \"" + snapshots + "\"")
            .withFallback(ConfigFactory.parseString(CONFIG))
            .withFallback(ConfigFactory.load())
            .resolve();
    kit = ActorTestKit.create("node", config);
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    topics = RegistryTopics.start(kit.system(), this::drop, logs, RegistrySettings.of(config));
    join(topics.ready());
  }

  /** Fails twice for one partition in a hundred, by an error and by an exception. */
  private CompletionStage<Errors> drop(PartitionId partition) {
    int attempt = attempts.merge(partition, 1, Integer::sum);
    if (!purging || (attempt < 3 && partition.index() % 100 == 7)) {
      return attempt % 2 == 0
          ? CompletableFuture.completedFuture(Errors.NOT_LEADER_OR_FOLLOWER)
          : CompletableFuture.failedFuture(new IllegalStateException("the store is away"));
    }
    dropped.add(partition);
    return CompletableFuture.completedFuture(Errors.NONE);
  }

  private <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
