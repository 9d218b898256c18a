package io.castalia.actors.group;

import java.util.Optional;

/**
 * A member of a consumer group, as it outlives its coordinator.
 *
 * @param classic for a member that uses the classic protocol
 */
record ConsumerMember(
    MemberIdentity identity,
    ClientAddress client,
    MemberSubscription subscription,
    Optional<ClassicTerms> classic,
    Standing standing) {

  static ConsumerMember fresh(MemberIdentity identity, ClientAddress client) {
    return new ConsumerMember(
        identity, client, MemberSubscription.NONE, Optional.empty(), Standing.NEW);
  }

  String id() {
    return identity.memberId();
  }

  int epoch() {
    return standing.epoch();
  }

  boolean isClassic() {
    return classic.isPresent();
  }

  ConsumerMember with(MemberSubscription wanted) {
    return new ConsumerMember(identity, client, wanted, classic, standing);
  }

  ConsumerMember with(Standing reached) {
    return new ConsumerMember(identity, client, subscription, classic, reached);
  }

  ConsumerMember with(Optional<ClassicTerms> terms) {
    return new ConsumerMember(identity, client, subscription, terms, standing);
  }

  /** The same member speaking from elsewhere. */
  ConsumerMember at(ClientAddress address) {
    return new ConsumerMember(identity, address, subscription, classic, standing);
  }

  /** A member that takes the place of this static one. */
  ConsumerMember replacedBy(MemberIdentity other) {
    return new ConsumerMember(other, client, subscription, classic, standing.inherited());
  }
}
