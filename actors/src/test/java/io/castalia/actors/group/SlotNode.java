package io.castalia.actors.group;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.StoredEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** An actor system with a slot over an in-memory store, and somebody who asks it. */
final class SlotNode {
  static final String LOG = GroupSlot.log(0);

  /** The same for all nodes. */
  private static final Uuid TOPIC = new Uuid(1, 2);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      pekko.loglevel = WARNING
      castalia.persistence {
        store = in-memory
        segment-entries = 10
        retry-min = 10ms
        retry-max = 50ms
        give-up-after = 60s
      }
      castalia.groups {
        snapshot-every = 20
        initial-rebalance-delay = 50ms
        min-backoff = 50ms
        max-backoff = 200ms
      }
      """;

  private static final String TIDY =
      """
      castalia.groups.passivate-after = 50ms
      castalia.groups.offsets-retention-check-interval = 500ms
      """;

  private static final String IMPATIENT = "castalia.persistence.give-up-after = 500ms";

  private final ActorTestKit kit;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final GroupResources resources;
  private final TestProbe<Answered> asker;
  private ActorRef<SlotCommand> slot;

  private SlotNode(ActorTestKit kit, Clock clock) {
    FakeTopics topics = new FakeTopics();
    topics.create(Requests.T0.topic(), TOPIC, 2);
    this.kit = kit;
    this.asker = kit.createTestProbe(Answered.class);
    this.resources =
        new GroupResources(
            GroupSettings.of(kit.system().settings().config()),
            () -> topics,
            new TopicPatterns(),
            clock,
            Persistence.get(kit.system()).logs(),
            new LostNodes(),
            new GroupMeters(meters));
    this.slot = kit.system().ignoreRef();
  }

  /**
   * Starts one.
   *
   * @param store the name of its store, which outlives it
   */
  static SlotNode start(String store, Clock clock) {
    return started(withoutSlot(store, clock, ""));
  }

  /** Starts one that soon gives up what its store does not do. */
  static SlotNode startImpatient(String store, Clock clock) {
    return started(withoutSlot(store, clock, IMPATIENT));
  }

  /** Starts one that soon stops coordinators, and often looks for what has expired. */
  static SlotNode startTidy(String store, Clock clock) {
    return started(withoutSlot(store, clock, TIDY));
  }

  private static SlotNode started(SlotNode node) {
    node.startSlot();
    return node;
  }

  /** The same before its slot is started. */
  static SlotNode withoutSlot(String store, Clock clock) {
    return withoutSlot(store, clock, "");
  }

  private static SlotNode withoutSlot(String store, Clock clock, String settings) {
    Config config =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.parseString(CONFIG))
            .withFallback(
                ConfigFactory.parseMap(Map.of("castalia.persistence.in-memory.name", store)))
            .withFallback(ConfigFactory.load());
    return new SlotNode(ActorTestKit.create("slot", config), clock);
  }

  void startSlot() {
    slot = kit.spawn(GroupSlot.create(0, resources));
  }

  void stop() {
    kit.shutdownTestKit();
  }

  ActorTestKit kit() {
    return kit;
  }

  MeterRegistry meters() {
    return meters;
  }

  GroupResources resources() {
    return resources;
  }

  InMemoryLogStore store() {
    return (InMemoryLogStore) Persistence.get(kit.system()).ground().store();
  }

  LogManifest manifest() {
    return store().readManifest(LOG).toCompletableFuture().join().orElseThrow();
  }

  /** The rows of the slot's log that there are, each with the number of its write. */
  List<Long> rows() {
    return manifest().kept().stream()
        .flatMap(
            segment ->
                store()
                    .readHeaders(LOG, segment.number(), 0, Long.MAX_VALUE, Integer.MAX_VALUE)
                    .toCompletableFuture()
                    .join()
                    .stream())
        .map(StoredEntry::sequence)
        .toList();
  }

  /** How much has ever been written. */
  long writes() {
    List<Long> rows = rows();
    return rows.get(rows.size() - 1);
  }

  /** Asks; {@link #answer} gives what comes back. */
  void ask(GroupRequest request) {
    slot.tell(new Ask(request, asker.getRef()));
  }

  /** Commits as a client does that is in no group. */
  void commit(String groupId, TopicPartition to, long offset) {
    ask(
        new CommitRequest(
            groupId,
            MemberIdentity.NONE,
            -1,
            Optional.empty(),
            Map.of(to, Requests.offset(offset))));
  }

  Answered answer() {
    return asker.receiveMessage(PATIENCE);
  }

  /** Commits, and says whether that was acknowledged. */
  boolean isCommitted(String groupId, TopicPartition to, long offset) {
    commit(groupId, to, offset);
    return isAccepted(answer());
  }

  static boolean isAccepted(Answered answered) {
    return answered instanceof Answer answer
        && answer.reply() instanceof CommitReply commit
        && commit.partitions().values().stream().allMatch(Errors.NONE::equals);
  }

  /** The offsets of a group. */
  Map<TopicPartition, OffsetsReply.Committed> committed(String groupId) {
    ask(OffsetsQuery.of(groupId, Optional.empty(), false));
    return ((OffsetsReply) ((Answer) answer()).reply()).offsets();
  }

  /**
   * Returns when coordinators have decided about all that was asked before. Each takes what it is
   * asked, and then decides; it says in between that it is there.
   *
   * @param coordinators how many there are
   */
  void awaitDecided(int coordinators) {
    list();
    TestProbe<Object> found = kit.createTestProbe(Object.class);
    ActorSelection children =
        Adapter.toClassic(kit.system()).actorSelection(slot.path().toString() + "/*");
    for (int round = 0; round < 2; round++) {
      children.tell(new Identify(round), Adapter.toClassic(found.getRef()));
      // The journal is one of them.
      found.receiveSeveralMessages(coordinators + 1, PATIENCE);
    }
    list();
  }

  /** The groups there are; all that was asked before has been passed on by then. */
  SlotReply list() {
    TestProbe<SlotReply> listed = kit.createTestProbe(SlotReply.class);
    slot.tell(new SlotCommand.List(ListQuery.ALL, listed.getRef()));
    return listed.receiveMessage(PATIENCE);
  }
}
