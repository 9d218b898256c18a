package io.castalia.actors.service;

import io.castalia.actors.group.ClientAddress;
import io.castalia.actors.group.CommitRequest;
import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.actors.group.ConsumerHeartbeatReply;
import io.castalia.actors.group.ConsumerHeartbeatRequest;
import io.castalia.actors.group.ConsumerSubscription;
import io.castalia.actors.group.Groups;
import io.castalia.actors.group.MemberClaim;
import io.castalia.actors.group.OffsetsQuery;
import io.castalia.actors.group.OffsetsReply;
import io.castalia.actors.group.OffsetsReply.Committed;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.api.BrokerReply;
import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.BrokerReply.OffsetsCommitted;
import io.castalia.api.BrokerReply.OffsetsFetched;
import io.castalia.api.BrokerReply.Refused;
import io.castalia.api.group.MemberHeartbeat;
import io.castalia.api.group.MemberIdentity;
import io.castalia.api.group.MemberSubscription;
import io.castalia.api.group.OffsetCommit;
import io.castalia.api.group.OffsetQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * The api's messages about groups, asked of the coordinators that Kafka's clients ask. Services
 * name topics with their ids, coordinators know ids alone.
 */
final class GroupBridge {
  private final Groups groups;
  private final Supplier<TopicCatalog> catalog;

  GroupBridge(Groups groups, Supplier<TopicCatalog> catalog) {
    this.groups = groups;
    this.catalog = catalog;
  }

  CompletionStage<BrokerReply> heartbeat(MemberHeartbeat heartbeat) {
    MemberIdentity member = heartbeat.member();
    return groups
        .consumerHeartbeat(
            new ConsumerHeartbeatRequest(
                heartbeat.groupId(),
                identity(member),
                heartbeat.epoch(),
                new ClientAddress(member.clientId(), member.host()),
                heartbeat
                    .subscription()
                    .map(GroupBridge::subscription)
                    .orElse(ConsumerSubscription.UNCHANGED),
                heartbeat.owned().map(GroupBridge::byTopic)))
        .thenApply(this::answered);
  }

  private static io.castalia.actors.group.MemberIdentity identity(MemberIdentity member) {
    return new io.castalia.actors.group.MemberIdentity(member.memberId(), member.instanceId());
  }

  private static ConsumerSubscription subscription(MemberSubscription wanted) {
    return new ConsumerSubscription(
        Optional.empty(),
        Optional.of(wanted.rebalanceTimeout()),
        Optional.of(wanted.topics()),
        Optional.of(wanted.pattern().orElse("")),
        wanted.assignor());
  }

  private static Map<Uuid, Set<Integer>> byTopic(Set<TopicIdPartition> partitions) {
    Map<Uuid, Set<Integer>> topics = new HashMap<>();
    partitions.forEach(
        each ->
            topics.computeIfAbsent(each.topicId(), id -> new HashSet<>()).add(each.partition()));
    return topics;
  }

  private BrokerReply answered(ConsumerHeartbeatReply reply) {
    if (reply.error() != Errors.NONE) {
      return new Refused(reply.error(), reply.message().orElse(reply.error().message()));
    }
    TopicCatalog topics = catalog.get();
    Map<Uuid, Set<Integer>> assigned = reply.assignment().orElse(Map.of());
    Set<TopicIdPartition> named = new HashSet<>();
    assigned.forEach(
        (id, partitions) ->
            topics
                .byId(id)
                .map(TopicDescription::name)
                .ifPresent(
                    name ->
                        partitions.forEach(
                            each ->
                                named.add(
                                    new TopicIdPartition(id, new TopicPartition(name, each))))));
    return new HeartbeatAnswered(
        reply.memberEpoch(),
        reply.heartbeatInterval(),
        reply.assignment().map(all -> named),
        assigned.keySet().stream().allMatch(id -> topics.byId(id).isPresent()));
  }

  /** As from Kafka's clients, offsets of partitions that there are not are refused here. */
  CompletionStage<BrokerReply> commit(OffsetCommit commit) {
    Map<TopicPartition, Errors> outcome = new HashMap<>();
    Map<TopicPartition, OffsetToCommit> offsets = new HashMap<>();
    commit
        .offsets()
        .forEach(
            (partition, offset) -> {
              if (exists(partition)) {
                offsets.put(partition, offset(offset));
              } else {
                outcome.put(partition, Errors.UNKNOWN_TOPIC_OR_PARTITION);
              }
            });
    if (offsets.isEmpty()) {
      return CompletableFuture.completedFuture(new OffsetsCommitted(outcome));
    }
    return groups
        .commitOffsets(
            new CommitRequest(
                commit.groupId(),
                identity(commit.member()),
                commit.epoch(),
                Optional.empty(),
                offsets))
        .thenApply(
            reply -> {
              outcome.putAll(reply.partitions());
              return new OffsetsCommitted(outcome);
            });
  }

  private boolean exists(TopicPartition partition) {
    return catalog
        .get()
        .byName(partition.topic())
        .filter(topic -> partition.partition() >= 0 && partition.partition() < topic.partitions())
        .isPresent();
  }

  private static OffsetToCommit offset(OffsetAndMetadata offset) {
    return new OffsetToCommit(
        offset.offset(),
        offset.leaderEpoch().map(OptionalInt::of).orElse(OptionalInt.empty()),
        offset.metadata());
  }

  CompletionStage<BrokerReply> offsets(OffsetQuery query) {
    Optional<MemberClaim> claim =
        query.epoch() == OffsetCommit.NO_MEMBER
            ? Optional.empty()
            : Optional.of(new MemberClaim(query.memberId(), query.epoch()));
    return groups
        .fetchOffsets(
            new OffsetsQuery(query.groupId(), Optional.of(query.partitions()), true, claim))
        .thenApply(GroupBridge::fetched);
  }

  private static BrokerReply fetched(OffsetsReply reply) {
    Optional<Errors> error =
        reply.offsets().values().stream()
            .map(Committed::error)
            .filter(each -> each != Errors.NONE)
            .findFirst();
    if (reply.error() != Errors.NONE || error.isPresent()) {
      Errors told = error.orElse(reply.error());
      return new Refused(told, told.message());
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    reply
        .offsets()
        .forEach(
            (partition, committed) -> {
              if (committed.offset() >= 0) {
                offsets.put(partition, offset(committed));
              }
            });
    return new OffsetsFetched(offsets);
  }

  private static OffsetAndMetadata offset(Committed committed) {
    OptionalInt epoch = committed.leaderEpoch();
    return new OffsetAndMetadata(
        committed.offset(),
        epoch.isPresent() ? Optional.of(epoch.getAsInt()) : Optional.empty(),
        committed.metadata());
  }
}
