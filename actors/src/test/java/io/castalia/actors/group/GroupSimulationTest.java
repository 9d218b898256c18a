package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Members of both protocols that come, go, fall silent and miss answers, over a coordinator that
 * dies and topics that change. Nobody ever has what another has, and left alone they share all.
 */
class GroupSimulationTest {
  private static final int STEPS = 400;
  private static final int CONVERGE_EVERY = 80;
  private static final List<String> TOPICS = List.of("a", "b", "c");

  private final PureGroup group = new PureGroup();
  private final List<Actor> members = new ArrayList<>();
  private final Map<String, Integer> partitions = new HashMap<>();
  private Random random = new Random(0);
  private int names;
  private int epoch;

  /** A member as a client: what it has, by its own account. */
  private interface Actor {
    /** Asks and takes the answer, or loses it on the way. */
    void speak(boolean losesAnswer);

    void leave();

    void loseCoordinator();

    Set<TopicPartition> owned();

    String id();
  }

  private final class Consumer implements Actor {
    private MemberIdentity identity;
    private ConsumerSubscription wanted;
    private int memberEpoch;
    private boolean saysAll = true;
    private Map<Uuid, Set<Integer>> owned = Map.of();

    Consumer(MemberIdentity identity, ConsumerSubscription wanted) {
      this.identity = identity;
      this.wanted = wanted;
    }

    @Override
    public void speak(boolean losesAnswer) {
      ConsumerHeartbeatReply reply =
          group.answer(
              new ConsumerHeartbeatRequest(
                  Requests.GROUP,
                  identity,
                  memberEpoch,
                  Consumers.CLIENT,
                  saysAll ? wanted : ConsumerSubscription.UNCHANGED,
                  saysAll || random.nextBoolean() ? Optional.of(owned) : Optional.empty()),
              ConsumerHeartbeatReply.class);
      if (losesAnswer) {
        saysAll = true;
        return;
      }
      if (reply.error() == Errors.FENCED_MEMBER_EPOCH
          || reply.error() == Errors.UNKNOWN_MEMBER_ID) {
        owned = Map.of();
        memberEpoch = 0;
        saysAll = true;
        return;
      }
      if (reply.error() == Errors.UNRELEASED_INSTANCE_ID) {
        return;
      }
      assertThat(reply.error()).as("%s", reply).isEqualTo(Errors.NONE);
      assertThat(reply.memberEpoch()).isGreaterThanOrEqualTo(memberEpoch);
      memberEpoch = reply.memberEpoch();
      saysAll = false;
      reply
          .assignment()
          .ifPresent(
              assignment -> {
                saysAll = !assignment.equals(owned);
                owned = assignment;
              });
    }

    void resubscribe(ConsumerSubscription other) {
      wanted = other;
      saysAll = true;
    }

    @Override
    public void leave() {
      group.ask(Consumers.beat(identity, ConsumerHeartbeatRequest.LEAVE, Optional.empty()));
    }

    void restart() {
      group.ask(
          Consumers.beat(identity, ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE, Optional.empty()));
      identity = new MemberIdentity("m" + ++names, identity.instanceId());
      memberEpoch = 0;
      owned = Map.of();
      saysAll = true;
    }

    @Override
    public void loseCoordinator() {}

    @Override
    public Set<TopicPartition> owned() {
      Set<TopicPartition> all = new HashSet<>();
      owned.forEach(
          (id, numbers) ->
              group
                  .topics
                  .byId(id)
                  .ifPresent(
                      topic ->
                          numbers.forEach(
                              number -> all.add(new TopicPartition(topic.name(), number)))));
      return all;
    }

    @Override
    public String id() {
      return identity.memberId();
    }
  }

  private record Classic(ClassicClient client) implements Actor {
    @Override
    public void speak(boolean losesAnswer) {
      client.beat();
    }

    @Override
    public void leave() {
      client.settle();
      client.leave();
    }

    @Override
    public void loseCoordinator() {
      client.loseCoordinator();
    }

    @Override
    public Set<TopicPartition> owned() {
      return client.owned();
    }

    @Override
    public String id() {
      return client.id();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldShareAmongConsumersWhateverHappens(long seed) {
    run(seed, false);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldShareAmongMembersOfBothProtocolsWhateverHappens(long seed) {
    run(seed, true);
  }

  private void run(long seed, boolean mixed) {
    random = new Random(seed);
    TOPICS.forEach(topic -> setPartitions(topic, 1 + random.nextInt(5)));
    for (int step = 1; step <= STEPS; step++) {
      act(mixed);
      check(seed, step);
      if (step % CONVERGE_EVERY == 0) {
        converge(seed, step);
      }
    }
  }

  private void setPartitions(String topic, int count) {
    if (group.topics.byName(topic).isPresent()) {
      group.topics.grow(topic, count);
    } else {
      group.topics.create(topic, count);
    }
    partitions.put(topic, count);
  }

  /** Classic members know topics by name, and take one that is created again for the old one. */
  private void grow(String topic) {
    if (partitions.containsKey(topic) || members.stream().noneMatch(Classic.class::isInstance)) {
      setPartitions(topic, partitions.getOrDefault(topic, 0) + 1);
    }
  }

  private void act(boolean mixed) {
    int dice = random.nextInt(100);
    if (dice < 8 && members.size() < 6) {
      add(mixed);
    } else if (dice < 11) {
      any().ifPresent(this::leave);
    } else if (dice < 13) {
      any().ifPresent(members::remove);
    } else if (dice < 15) {
      group.restart();
      members.forEach(Actor::loseCoordinator);
    } else if (dice < 17) {
      grow(TOPICS.get(random.nextInt(TOPICS.size())));
    } else if (dice < 18) {
      String topic = TOPICS.get(random.nextInt(TOPICS.size()));
      group.topics.delete(topic);
      partitions.remove(topic);
    } else if (dice < 21) {
      any().filter(Consumer.class::isInstance).map(Consumer.class::cast).ifPresent(this::change);
    } else if (dice < 30) {
      // Well within every session, since all speak in between.
      group.pass(Duration.ofMillis(random.nextInt(1_000)));
      members.forEach(member -> member.speak(false));
    } else {
      any().ifPresent(member -> member.speak(random.nextInt(10) == 0));
    }
  }

  private Optional<Actor> any() {
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(members.get(random.nextInt(members.size())));
  }

  private void leave(Actor member) {
    member.leave();
    members.remove(member);
  }

  private void change(Consumer member) {
    if (member.identity.instanceId().isPresent() && random.nextBoolean()) {
      member.restart();
    } else {
      member.resubscribe(subscription());
    }
  }

  private ConsumerSubscription subscription() {
    if (random.nextInt(4) == 0) {
      return Consumers.matching("[ab]");
    }
    return random.nextBoolean()
        ? Consumers.to("a", "b", "c")
        : Consumers.to(TOPICS.get(random.nextInt(TOPICS.size())));
  }

  private void add(boolean mixed) {
    if (mixed && random.nextBoolean()) {
      ClassicClient client = ClassicClient.cooperative(group, "a", "b", "c");
      members.add(new Classic(client));
      client.join();
      return;
    }
    names++;
    Optional<String> instance =
        random.nextInt(3) == 0 ? Optional.of("instance" + names) : Optional.empty();
    Consumer member = new Consumer(new MemberIdentity("m" + names, instance), subscription());
    members.add(member);
    member.speak(false);
  }

  private void check(long seed, int step) {
    Map<TopicPartition, String> owners = new HashMap<>();
    for (Actor member : members) {
      for (TopicPartition partition : member.owned()) {
        assertThat(owners.put(partition, member.id()))
            .as("seed %d, step %d: who else has %s", seed, step, partition)
            .isNull();
      }
    }
    if (group.isOfConsumers()) {
      ConsumerMembership consumers = group.consumers();
      assertThat(PartitionOwners.of(consumers.all()))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(consumers.owners());
      assertThat(consumers.epoch().number()).isGreaterThanOrEqualTo(epoch);
      assertThat(group.phase()).isEqualTo(GroupPhase.of(consumers));
      epoch = consumers.epoch().number();
    } else {
      epoch = Math.max(epoch, group.state().generation());
      assertThat(group.state().generation()).isGreaterThanOrEqualTo(epoch - 1);
    }
  }

  /** All speak for longer than every session and every rebalance takes. */
  private void converge(long seed, int step) {
    for (int round = 0; round < 150; round++) {
      group.pass(Duration.ofSeconds(1));
      members.forEach(member -> member.speak(false));
      check(seed, step);
    }
    if (members.isEmpty()) {
      assertThat(group.phase().isEmpty()).isTrue();
      return;
    }
    assertThat(group.phase())
        .as("seed %d, step %d", seed, step)
        .isIn(GroupPhase.STABLE, GroupPhase.CONSUMER_STABLE);
    Set<TopicPartition> all = new HashSet<>();
    members.forEach(member -> all.addAll(member.owned()));
    assertThat(all).as("seed %d, step %d", seed, step).containsAll(expected());
    if (group.isOfConsumers()) {
      checkBalance(seed, step);
    }
    members.forEach(member -> member.speak(false));
    assertThat(group.lastEvents).as("seed %d, step %d", seed, step).isEmpty();
  }

  /** Nobody has two more than another who would take one of them. */
  private void checkBalance(long seed, int step) {
    ConsumerMembership consumers = group.consumers();
    SubscribedTopics wanted = SubscribedTopics.of(consumers.all(), group.knownTopics());
    for (ConsumerMember rich : consumers.all()) {
      Assignment has = consumers.target().of(rich.id());
      assertThat(rich.standing().assigned().partitions()).isEqualTo(has);
      for (ConsumerMember poor : consumers.all()) {
        Set<Uuid> takes = wanted.byMember().getOrDefault(poor.id(), Set.of());
        if (has.partitions().keySet().stream().anyMatch(takes::contains)) {
          assertThat(has.size())
              .as("seed %d, step %d: %s beside %s", seed, step, rich.id(), poor.id())
              .isLessThanOrEqualTo(consumers.target().of(poor.id()).size() + 1);
        }
      }
    }
  }

  /** What somebody wants and is there. */
  private Set<TopicPartition> expected() {
    Set<String> names = group.anyState().subscribed(group.knownTopics()).orElseThrow();
    Set<TopicPartition> expected = new HashSet<>();
    names.forEach(
        name -> {
          for (int number = 0; number < partitions.getOrDefault(name, 0); number++) {
            expected.add(new TopicPartition(name, number));
          }
        });
    return expected;
  }
}
