package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Requests of members of the consumer protocol in a group {@code "g"}. */
final class Consumers {
  static final Duration REBALANCE = Duration.ofSeconds(60);
  static final ClientAddress CLIENT = new ClientAddress("client", "/127.0.0.1");

  private Consumers() {}

  static ConsumerSubscription to(String... topics) {
    return new ConsumerSubscription(
        Optional.empty(),
        Optional.of(REBALANCE),
        Optional.of(Set.of(topics)),
        Optional.empty(),
        Optional.empty());
  }

  static ConsumerSubscription matching(String regex) {
    return new ConsumerSubscription(
        Optional.empty(),
        Optional.of(REBALANCE),
        Optional.empty(),
        Optional.of(regex),
        Optional.empty());
  }

  static ConsumerSubscription preferring(String assignor, String... topics) {
    return new ConsumerSubscription(
        Optional.empty(),
        Optional.of(REBALANCE),
        Optional.of(Set.of(topics)),
        Optional.empty(),
        Optional.of(assignor));
  }

  static MemberIdentity instance(String memberId, String instanceId) {
    return new MemberIdentity(memberId, Optional.of(instanceId));
  }

  static ConsumerHeartbeatRequest join(String memberId, String... topics) {
    return join(MemberIdentity.of(memberId), to(topics));
  }

  static ConsumerHeartbeatRequest join(MemberIdentity member, ConsumerSubscription wanted) {
    return new ConsumerHeartbeatRequest(
        Requests.GROUP, member, 0, CLIENT, wanted, Optional.of(Map.of()));
  }

  static ConsumerHeartbeatRequest joinFrom(String host, MemberIdentity member, String... topics) {
    return new ConsumerHeartbeatRequest(
        Requests.GROUP,
        member,
        0,
        new ClientAddress("service", host),
        to(topics),
        Optional.of(Map.of()));
  }

  /** Nothing new. */
  static ConsumerHeartbeatRequest beat(String memberId, int epoch) {
    return beat(MemberIdentity.of(memberId), epoch, Optional.empty());
  }

  static ConsumerHeartbeatRequest beat(String memberId, int epoch, Map<Uuid, Set<Integer>> owned) {
    return beat(MemberIdentity.of(memberId), epoch, Optional.of(owned));
  }

  static ConsumerHeartbeatRequest beat(
      MemberIdentity member, int epoch, Optional<Map<Uuid, Set<Integer>>> owned) {
    return new ConsumerHeartbeatRequest(
        Requests.GROUP, member, epoch, CLIENT, ConsumerSubscription.UNCHANGED, owned);
  }

  static ConsumerHeartbeatRequest resubscribe(
      String memberId, int epoch, ConsumerSubscription wanted) {
    return new ConsumerHeartbeatRequest(
        Requests.GROUP, MemberIdentity.of(memberId), epoch, CLIENT, wanted, Optional.empty());
  }

  static ConsumerHeartbeatRequest leave(String memberId) {
    return beat(memberId, ConsumerHeartbeatRequest.LEAVE);
  }

  /** A member as a client would be: does what it is told. */
  static final class Client {
    private final PureGroup group;
    private final MemberIdentity identity;
    private int epoch;
    private Map<Uuid, Set<Integer>> owned = Map.of();

    Client(PureGroup group, MemberIdentity identity) {
      this.group = group;
      this.identity = identity;
    }

    static Client joined(PureGroup group, String memberId, String... topics) {
      return joined(group, MemberIdentity.of(memberId), to(topics));
    }

    static Client joined(PureGroup group, MemberIdentity identity, ConsumerSubscription wanted) {
      Client client = new Client(group, identity);
      client.accept(group.heartbeat(Consumers.join(identity, wanted)));
      return client;
    }

    String id() {
      return identity.memberId();
    }

    int epoch() {
      return epoch;
    }

    Map<Uuid, Set<Integer>> owned() {
      return owned;
    }

    Set<Integer> of(Uuid topic) {
      return owned.getOrDefault(topic, Set.of());
    }

    /** Says what it has, and takes or lets go of what it is told to. */
    Client beat() {
      accept(reply());
      return this;
    }

    ConsumerHeartbeatReply reply() {
      return group.heartbeat(Consumers.beat(identity, epoch, Optional.of(owned)));
    }

    Client resubscribe(ConsumerSubscription wanted) {
      accept(
          group.heartbeat(
              new ConsumerHeartbeatRequest(
                  Requests.GROUP, identity, epoch, CLIENT, wanted, Optional.of(owned))));
      return this;
    }

    void leave(int how) {
      ConsumerHeartbeatReply reply =
          group.heartbeat(Consumers.beat(identity, how, Optional.empty()));
      assertThat(reply.error()).isEqualTo(Errors.NONE);
      assertThat(reply.memberEpoch()).isEqualTo(how);
    }

    private void accept(ConsumerHeartbeatReply reply) {
      assertThat(reply.error()).as("%s", reply).isEqualTo(Errors.NONE);
      assertThat(reply.memberEpoch()).isGreaterThanOrEqualTo(epoch);
      epoch = reply.memberEpoch();
      reply.assignment().ifPresent(assignment -> owned = assignment);
    }
  }
}
