package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** A consumer of the classic protocol as clients are: joins, syncs, and assigns when it leads. */
final class ClassicClient {
  private final PureGroup group;
  private final boolean cooperative;
  private final Set<String> topics;
  private MemberIdentity identity;
  private int generation = -1;
  private OptionalLong joining = OptionalLong.empty();
  private OptionalLong syncing = OptionalLong.empty();
  private Set<TopicPartition> owned = Set.of();

  ClassicClient(PureGroup group, boolean cooperative, Optional<String> instance, String... topics) {
    this.group = group;
    this.cooperative = cooperative;
    this.identity = new MemberIdentity("", instance);
    this.topics = Set.of(topics);
  }

  static ClassicClient eager(PureGroup group, String... topics) {
    return new ClassicClient(group, false, Optional.empty(), topics);
  }

  static ClassicClient cooperative(PureGroup group, String... topics) {
    return new ClassicClient(group, true, Optional.empty(), topics);
  }

  String id() {
    return identity.memberId();
  }

  MemberIdentity identity() {
    return identity;
  }

  int generation() {
    return generation;
  }

  Set<TopicPartition> owned() {
    return owned;
  }

  Set<Integer> of(String topic) {
    Set<Integer> numbers = new TreeSet<>();
    owned.stream()
        .filter(partition -> partition.topic().equals(topic))
        .forEach(partition -> numbers.add(partition.partition()));
    return numbers;
  }

  List<GroupProtocol> protocols() {
    return ClassicAssignments.protocols(cooperative, topics, owned, generation);
  }

  ClassicClient join() {
    if (!cooperative) {
      owned = Set.of();
    }
    syncing = OptionalLong.empty();
    joining = OptionalLong.of(group.ask(Requests.join(identity, "consumer", protocols())));
    return settle();
  }

  /** Takes the answers that have come, and goes on. */
  ClassicClient settle() {
    if (joining.isPresent() && group.answer(joining.getAsLong()).isPresent()) {
      JoinReply reply = group.joined(joining.getAsLong());
      joining = OptionalLong.empty();
      onJoined(reply);
    }
    if (syncing.isPresent() && group.answer(syncing.getAsLong()).isPresent()) {
      SyncReply reply = group.synced(syncing.getAsLong());
      syncing = OptionalLong.empty();
      onSynced(reply);
    }
    return this;
  }

  /** Whether a request of it waits for others. */
  boolean waits() {
    return joining.isPresent() || syncing.isPresent();
  }

  /** Nobody will answer what it waits for; it asks again. */
  void loseCoordinator() {
    if (waits()) {
      joining = OptionalLong.empty();
      join();
    }
  }

  /** It is none of the group's members any more. */
  private void startOver(Errors error) {
    owned = Set.of();
    generation = -1;
    if (error != Errors.ILLEGAL_GENERATION) {
      identity = new MemberIdentity("", identity.instanceId());
    }
    join();
  }

  private static boolean isLost(Errors error) {
    return error == Errors.UNKNOWN_MEMBER_ID
        || error == Errors.ILLEGAL_GENERATION
        || error == Errors.FENCED_INSTANCE_ID;
  }

  private void onJoined(JoinReply reply) {
    if (reply.error() == Errors.REBALANCE_IN_PROGRESS) {
      identity = new MemberIdentity(reply.memberId(), identity.instanceId());
      join();
      return;
    }
    if (isLost(reply.error())) {
      startOver(reply.error());
      return;
    }
    assertThat(reply.error()).as("%s", reply).isEqualTo(Errors.NONE);
    identity = new MemberIdentity(reply.memberId(), identity.instanceId());
    generation = reply.generation();
    Map<String, ByteString> assignments =
        reply.leader().equals(id())
            ? ClassicAssignments.assign(reply, topics, group.topics)
            : Map.of();
    syncing = OptionalLong.of(group.ask(Requests.sync(identity, generation, assignments)));
    settle();
  }

  private void onSynced(SyncReply reply) {
    if (reply.error() == Errors.REBALANCE_IN_PROGRESS) {
      join();
      return;
    }
    if (isLost(reply.error())) {
      startOver(reply.error());
      return;
    }
    assertThat(reply.error()).as("%s", reply).isEqualTo(Errors.NONE);
    Set<TopicPartition> assigned = ClassicAssignments.assigned(reply);
    boolean revokes = cooperative && !assigned.containsAll(owned);
    owned = assigned;
    if (revokes) {
      join();
    }
  }

  Errors heartbeat() {
    return group.code(new HeartbeatRequest(Requests.GROUP, identity, generation));
  }

  /** As a client between two polls: takes answers, says that it is alive, joins if told to. */
  ClassicClient beat() {
    settle();
    if (joining.isEmpty() && syncing.isEmpty()) {
      Errors error = heartbeat();
      if (error == Errors.REBALANCE_IN_PROGRESS) {
        join();
      } else if (isLost(error)) {
        startOver(error);
      } else {
        assertThat(error).isEqualTo(Errors.NONE);
      }
    }
    return this;
  }

  void leave() {
    group.ask(Requests.leave(identity));
    owned = Set.of();
  }
}
