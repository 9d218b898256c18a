package io.castalia.node.kafka.group;

import io.castalia.actors.group.CommitReply;
import io.castalia.actors.group.CommitRequest;
import io.castalia.actors.group.CommitRequest.OffsetToCommit;
import io.castalia.actors.group.Groups;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;
import org.jspecify.annotations.Nullable;

/** Commits offsets. Every partition of the request has its answer, known or not. */
final class OffsetCommitHandler implements RequestHandler<OffsetCommitRequest> {
  /**
   * Before this version clients know nothing of the consumer protocol, and take a group that is not
   * there for a generation that is gone.
   */
  private static final int EPOCHS_FROM_VERSION = 9;

  private final Groups groups;
  private final TopicNames topics;

  OffsetCommitHandler(Groups groups, TopicNames topics) {
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.OFFSET_COMMIT;
  }

  @Override
  public short minVersion() {
    return 2;
  }

  @Override
  public short maxVersion() {
    return 10;
  }

  @Override
  public CompletionStage<OffsetCommitResponse> handle(
      RequestContext context, OffsetCommitRequest request) {
    short version = context.version();
    List<Wanted> wanted =
        request.data().topics().stream()
            .map(topic -> new Wanted(topic, named(topic, version)))
            .toList();
    Map<TopicPartition, OffsetToCommit> offsets = new HashMap<>();
    wanted.forEach(topic -> topic.addTo(offsets));
    CompletionStage<CommitReply> reply =
        offsets.isEmpty()
            ? CompletableFuture.completedFuture(new CommitReply(Map.of()))
            : groups.commitOffsets(commit(request.data(), offsets));
    return reply.thenApply(committed -> respond(wanted, committed, version));
  }

  private TopicNames.Named named(OffsetCommitRequestTopic topic, short version) {
    return OffsetCommitResponse.useTopicIds(version)
        ? topics.byId(topic.topicId())
        : topics.byName(topic.name());
  }

  private static CommitRequest commit(
      OffsetCommitRequestData data, Map<TopicPartition, OffsetToCommit> offsets) {
    long retention = data.retentionTimeMs();
    return new CommitRequest(
        data.groupId(),
        Members.identity(data.memberId(), data.groupInstanceId()),
        data.generationIdOrMemberEpoch(),
        retention < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(retention)),
        offsets);
  }

  private static OffsetCommitResponse respond(
      List<Wanted> wanted, CommitReply reply, short version) {
    return new OffsetCommitResponse(
        new OffsetCommitResponseData()
            .setTopics(wanted.stream().map(topic -> topic.answer(reply, version)).toList()));
  }

  /** A topic of the request, and what is known of it. */
  private record Wanted(OffsetCommitRequestTopic topic, TopicNames.Named named) {
    void addTo(Map<TopicPartition, OffsetToCommit> offsets) {
      for (OffsetCommitRequestPartition partition : topic.partitions()) {
        if (named.errorOf(partition.partitionIndex()) == Errors.NONE) {
          offsets.put(named.partition(partition.partitionIndex()), offset(partition));
        }
      }
    }

    private static OffsetToCommit offset(OffsetCommitRequestPartition partition) {
      int epoch = partition.committedLeaderEpoch();
      @Nullable String metadata = partition.committedMetadata();
      return new OffsetToCommit(
          partition.committedOffset(),
          epoch < 0 ? OptionalInt.empty() : OptionalInt.of(epoch),
          metadata == null ? "" : metadata);
    }

    OffsetCommitResponseTopic answer(CommitReply reply, short version) {
      return new OffsetCommitResponseTopic()
          .setName(topic.name())
          .setTopicId(topic.topicId())
          .setPartitions(
              topic.partitions().stream()
                  .map(partition -> answer(partition.partitionIndex(), reply, version))
                  .toList());
    }

    private OffsetCommitResponsePartition answer(int index, CommitReply reply, short version) {
      Errors early = named.errorOf(index);
      Errors error =
          early == Errors.NONE
              ? reply.partitions().getOrDefault(named.partition(index), Errors.UNKNOWN_SERVER_ERROR)
              : early;
      return new OffsetCommitResponsePartition()
          .setPartitionIndex(index)
          .setErrorCode(in(version, error).code());
    }

    private static Errors in(short version, Errors error) {
      if (version >= EPOCHS_FROM_VERSION) {
        return error;
      }
      return switch (error) {
        case GROUP_ID_NOT_FOUND -> Errors.ILLEGAL_GENERATION;
        case STALE_MEMBER_EPOCH -> Errors.UNSUPPORTED_VERSION;
        default -> error;
      };
    }
  }
}
