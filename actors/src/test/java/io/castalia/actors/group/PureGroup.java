package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.group.GroupLogic.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/** A group without actors: requests go in, answers come out, and time passes when told to. */
final class PureGroup {
  static final Duration DELAY = Duration.ofSeconds(3);
  static final Duration SESSION = Duration.ofSeconds(45);
  static final Duration HEARTBEAT = Duration.ofSeconds(5);

  final FakeTopics topics = new FakeTopics();
  final List<Transition> transitions = new ArrayList<>();
  final List<GroupEvent> lastEvents = new ArrayList<>();
  private final Map<Long, GroupReply> answers = new HashMap<>();
  private GroupRules rules = rules(Integer.MAX_VALUE, MigrationPolicy.BIDIRECTIONAL);
  private GroupState state = GroupState.recovered(GroupRecord.NONE, rules, 0);
  private long now = 1_000;
  private long tickets;
  private int ids;

  PureGroup holding(int members) {
    rules = rules(members, MigrationPolicy.BIDIRECTIONAL);
    return this;
  }

  PureGroup migrating(MigrationPolicy policy) {
    rules = rules(Integer.MAX_VALUE, policy);
    return this;
  }

  private static GroupRules rules(int size, MigrationPolicy migration) {
    return new GroupRules(
        Duration.ofSeconds(6),
        Duration.ofMinutes(30),
        DELAY,
        size,
        4096,
        Duration.ofDays(7),
        new ConsumerRules(SESSION, HEARTBEAT, size, migration, List.of("uniform", "range")));
  }

  GroupTopics knownTopics() {
    return new GroupTopics(topics, new TopicPatterns());
  }

  GroupRules rules() {
    return rules;
  }

  ClassicState state() {
    return (ClassicState) state;
  }

  GroupState anyState() {
    return state;
  }

  boolean isOfConsumers() {
    return state instanceof ConsumerState;
  }

  ConsumerState consumer() {
    return (ConsumerState) state;
  }

  ConsumerMembership consumers() {
    return consumer().consumers();
  }

  GroupPhase phase() {
    return state.phase();
  }

  /** Gives a request; tells its ticket. */
  long ask(GroupRequest request) {
    tickets++;
    apply(GroupLogic.decide(state, List.of(new Asked(tickets, request)), world()));
    return tickets;
  }

  /** The answer to a request that does not wait. */
  <R extends GroupReply> R answer(GroupRequest request, Class<R> type) {
    return type.cast(answer(ask(request)).orElseThrow());
  }

  ConsumerHeartbeatReply heartbeat(ConsumerHeartbeatRequest request) {
    return answer(request, ConsumerHeartbeatReply.class);
  }

  /** The error with which it is answered, which comes with a message unless there is none. */
  Errors errorOf(ConsumerHeartbeatRequest request) {
    ConsumerHeartbeatReply reply = heartbeat(request);
    assertThat(reply.message().isPresent()).isEqualTo(reply.error() != Errors.NONE);
    return reply.error();
  }

  Errors code(GroupRequest request) {
    return answer(request, GroupReply.Code.class).error();
  }

  Optional<GroupReply> answer(long ticket) {
    return Optional.ofNullable(answers.get(ticket));
  }

  JoinReply joined(long ticket) {
    return (JoinReply) answer(ticket).orElseThrow();
  }

  SyncReply synced(long ticket) {
    return (SyncReply) answer(ticket).orElseThrow();
  }

  void pass(Duration time) {
    now += time.toMillis();
    apply(GroupLogic.decide(state, List.of(), world()));
  }

  /** A node is gone, and whoever spoke from there. */
  void lose(String host) {
    apply(GroupLogic.lose(state, world(), member -> member.host().equals(host)));
  }

  void sweep() {
    apply(GroupLogic.expire(state, world()));
  }

  /** The coordinator dies, and another one begins with what was persisted. */
  void restart() {
    state = GroupState.recovered(state.record(), rules, now);
  }

  /** Members of a first generation; their ids by the order in which they joined. */
  List<String> joinTogether(JoinRequest... requests) {
    List<Long> asked = new ArrayList<>();
    for (JoinRequest request : requests) {
      asked.add(ask(request));
    }
    for (int i = 0; i < requests.length && phase() == GroupPhase.PREPARING_REBALANCE; i++) {
      pass(DELAY);
    }
    return asked.stream().map(ticket -> joined(ticket).memberId()).toList();
  }

  /** Lets everybody sync; the assignment of each is its own id. */
  void assign(List<String> members) {
    Map<String, ByteString> assignments = new LinkedHashMap<>();
    members.forEach(id -> assignments.put(id, Requests.bytes(id)));
    String leader = state().roster().leader();
    ask(Requests.sync(MemberIdentity.of(leader), state().generation(), assignments));
    members.stream()
        .filter(id -> !id.equals(leader))
        .forEach(id -> ask(Requests.sync(id, state().generation())));
    assertThat(phase()).isEqualTo(GroupPhase.STABLE);
  }

  List<String> stable(JoinRequest... requests) {
    List<String> members = joinTogether(requests);
    assign(members);
    return members;
  }

  private GroupWorld world() {
    return new GroupWorld(
        rules, now, new GroupTopics(topics, new TopicPatterns()), () -> "id" + ++ids);
  }

  private void apply(GroupDecision decision) {
    GroupRecord replayed = state.record();
    for (GroupEvent event : decision.events()) {
      replayed = replayed.after(event);
    }
    assertThat(decision.state().record()).isEqualTo(replayed);
    state = decision.state();
    transitions.addAll(decision.transitions());
    lastEvents.clear();
    lastEvents.addAll(decision.events());
    for (GroupDecision.Answer answer : decision.answers()) {
      assertThat(answers.put(answer.ticket(), answer.reply())).isNull();
    }
  }
}
