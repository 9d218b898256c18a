package io.castalia.api.group;

import io.castalia.api.BrokerReply.HeartbeatAnswered;
import io.castalia.api.CastaliaClient;
import io.castalia.api.group.MemberEffect.FindOffsets;
import io.castalia.api.group.MemberEffect.Speak;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;

/** What one member asks of brokers. Stages fail with Kafka's exceptions. */
final class GroupCalls {
  private static final String NO_HOST = "127.0.0.1";

  private final CastaliaClient client;
  private final MemberSettings settings;
  private final MemberIdentity identity;

  GroupCalls(MemberSettings settings, ActorSystem<?> system) {
    this.client = CastaliaClient.create(system, settings.requestTimeout());
    this.settings = settings;
    this.identity =
        new MemberIdentity(
            settings.clientId() + "-" + UUID.randomUUID(),
            settings.instanceId(),
            settings.clientId(),
            host(system.address()));
  }

  /**
   * Where the service is a member of the cluster, its port as well: coordinators know it by both.
   */
  private static String host(Address address) {
    String host = "/" + address.getHost().orElse(NO_HOST);
    return address.getPort().map(port -> host + ":" + port).orElse(host);
  }

  CompletionStage<HeartbeatAnswered> heartbeat(Speak heartbeat) {
    return client.heartbeat(
        new MemberHeartbeat(
            settings.groupId(),
            identity,
            heartbeat.epoch(),
            heartbeat.full() ? Optional.of(settings.subscription()) : Optional.empty(),
            heartbeat.owned()));
  }

  CompletionStage<Map<TopicPartition, OffsetAndMetadata>> offsets(FindOffsets query) {
    return client
        .fetchOffsets(
            new OffsetQuery(
                settings.groupId(), identity.memberId(), query.epoch(), query.partitions()))
        .thenApply(found -> found.offsets());
  }

  CompletionStage<Map<TopicPartition, Errors>> commit(
      int epoch, Map<TopicPartition, OffsetAndMetadata> offsets) {
    return client
        .commitOffsets(new OffsetCommit(settings.groupId(), identity, epoch, offsets))
        .thenApply(committed -> committed.partitions());
  }
}
