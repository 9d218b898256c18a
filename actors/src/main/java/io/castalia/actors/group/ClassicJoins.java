package io.castalia.actors.group;

import io.castalia.actors.group.ConsumerMetadata.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.protocol.Errors;

/** Consumers of the classic protocol that join a group of the consumer protocol. */
final class ClassicJoins {
  private final Turn turn;
  private final JoinRequest request;

  private ClassicJoins(Turn turn, JoinRequest request) {
    this.turn = turn;
    this.request = request;
  }

  /** Answers at once, except where the group changes to the classic protocol by this. */
  static void join(Turn turn, long ticket, JoinRequest request) {
    ClassicJoins joins = new ClassicJoins(turn, request);
    Optional<Subscription> wanted =
        new ConsumerMetadata(turn.world().topics()).subscription(request.protocols());
    Errors error = joins.refusal(wanted);
    if (error != Errors.NONE) {
      turn.answer(ticket, JoinReply.refused(error, request.member().memberId()));
    } else if (joins.needsId()) {
      turn.answer(ticket, JoinReply.refused(Errors.MEMBER_ID_REQUIRED, turn.world().ids().get()));
    } else if (joins.leavesNoConsumer()) {
      Downgrade.convert(turn, joins.others());
      JoinLogic.join(turn, ticket, request);
    } else {
      turn.answer(ticket, joins.enter(wanted.orElseThrow()));
    }
  }

  private Errors refusal(Optional<Subscription> wanted) {
    Duration session = request.sessionTimeout();
    if (session.compareTo(turn.rules().minSession()) < 0
        || session.compareTo(turn.rules().maxSession()) > 0) {
      return Errors.INVALID_SESSION_TIMEOUT;
    }
    if (wanted.isEmpty() || !fits()) {
      return Errors.INCONSISTENT_GROUP_PROTOCOL;
    }
    boolean known =
        turn.consumers().find(request.member().memberId()).isPresent() || namesake().isPresent();
    if (!known && turn.consumers().size() >= turn.rules().consumers().maxSize()) {
      return Errors.GROUP_MAX_SIZE_REACHED;
    }
    if (!known && !request.member().memberId().isEmpty() && !wanted.get().owned().isEmpty()) {
      // It was removed, and must learn that what it thinks it has is lost.
      return Errors.UNKNOWN_MEMBER_ID;
    }
    boolean claimsInstance =
        request.member().instanceId().isPresent() && !request.member().memberId().isEmpty();
    return claimsInstance
        ? ClassicMemberChecks.check(turn.consumers(), request.member())
        : Errors.NONE;
  }

  /**
   * All members of the classic protocol must have a protocol in common, if they are to be alone.
   */
  private boolean fits() {
    Set<String> common = new HashSet<>(names(request.protocols()));
    turn.consumers().all().stream()
        .flatMap(member -> member.classic().stream())
        .forEach(terms -> common.retainAll(names(terms.protocols())));
    return ClassicMembers.isConsumer(request.protocolType()) && !common.isEmpty();
  }

  private static List<String> names(List<GroupProtocol> protocols) {
    return protocols.stream().map(GroupProtocol::name).toList();
  }

  private boolean needsId() {
    return request.options().requireMemberId()
        && request.member().memberId().isEmpty()
        && request.member().instanceId().isEmpty();
  }

  private Optional<ConsumerMember> namesake() {
    return request.member().instanceId().flatMap(turn.consumers()::findStatic);
  }

  /** Whether the last member of the consumer protocol is the one whose place is taken. */
  private boolean leavesNoConsumer() {
    return namesake().filter(owner -> !owner.isClassic()).isPresent()
        && Downgrade.applies(turn, others());
  }

  private List<ConsumerMember> others() {
    return turn.consumers().all().stream()
        .filter(member -> namesake().filter(member::equals).isEmpty())
        .toList();
  }

  private JoinReply enter(Subscription wanted) {
    Optional<ConsumerMember> known =
        turn.consumers().find(request.member().memberId()).or(this::replaced);
    ConsumerMember before =
        known.orElseGet(() -> ConsumerMember.fresh(identity(), request.client()));
    ConsumerMember after =
        before
            .at(request.client())
            .with(
                new MemberSubscription(
                    wanted.rackId(),
                    request.rebalanceTimeout(),
                    wanted.topics(),
                    "",
                    Optional.empty()))
            .with(Optional.of(new ClassicTerms(request.sessionTimeout(), request.protocols())));
    ConsumerMember reached =
        Subscribing.update(turn, known, after, Holdings.ofJoining(wanted.owned()));
    turn.stay(
        turn.consumer()
            .heard(reached, turn.rules(), turn.now())
            .freed(reached)
            .owing(reached, turn.now()));
    return new JoinReply(
        Errors.NONE,
        reached.id(),
        reached.epoch(),
        Optional.of(ConsumerProtocol.PROTOCOL_TYPE),
        Optional.of(ClassicMembers.protocol(reached)),
        "",
        false,
        List.of());
  }

  private Optional<ConsumerMember> replaced() {
    return namesake().map(before -> Subscribing.replace(turn, before, identity()));
  }

  private MemberIdentity identity() {
    MemberIdentity named = request.member();
    return named.memberId().isEmpty()
        ? new MemberIdentity(turn.world().ids().get(), named.instanceId())
        : named;
  }
}
