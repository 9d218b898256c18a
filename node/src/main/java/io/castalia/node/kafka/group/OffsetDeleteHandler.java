package io.castalia.node.kafka.group;

import io.castalia.actors.group.DeleteOffsetsReply;
import io.castalia.actors.group.Groups;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetDeleteRequest;
import org.apache.kafka.common.requests.OffsetDeleteResponse;

/** Forgets committed offsets. */
final class OffsetDeleteHandler implements RequestHandler<OffsetDeleteRequest> {
  private final Groups groups;
  private final TopicNames topics;

  OffsetDeleteHandler(Groups groups, TopicNames topics) {
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.OFFSET_DELETE;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 0;
  }

  @Override
  public CompletionStage<OffsetDeleteResponse> handle(
      RequestContext context, OffsetDeleteRequest request) {
    List<Wanted> wanted =
        request.data().topics().stream()
            .map(topic -> new Wanted(topic, topics.byName(topic.name())))
            .toList();
    Set<TopicPartition> known = new HashSet<>();
    wanted.forEach(topic -> topic.addTo(known));
    CompletionStage<DeleteOffsetsReply> reply =
        known.isEmpty()
            ? CompletableFuture.completedFuture(new DeleteOffsetsReply(Errors.NONE, Map.of()))
            : groups.deleteOffsets(request.data().groupId(), known);
    return reply.thenApply(deleted -> respond(wanted, deleted));
  }

  private static OffsetDeleteResponse respond(List<Wanted> wanted, DeleteOffsetsReply reply) {
    if (reply.error() != Errors.NONE) {
      return new OffsetDeleteResponse(
          new OffsetDeleteResponseData().setErrorCode(reply.error().code()));
    }
    OffsetDeleteResponse.Builder response = new OffsetDeleteResponse.Builder();
    wanted.forEach(topic -> topic.answer(reply, response));
    return response.build();
  }

  /** A topic of the request, and what is known of it. */
  private record Wanted(OffsetDeleteRequestTopic topic, TopicNames.Named named) {
    void addTo(Set<TopicPartition> partitions) {
      for (OffsetDeleteRequestPartition partition : topic.partitions()) {
        if (named.errorOf(partition.partitionIndex()) == Errors.NONE) {
          partitions.add(named.partition(partition.partitionIndex()));
        }
      }
    }

    void answer(DeleteOffsetsReply reply, OffsetDeleteResponse.Builder response) {
      for (OffsetDeleteRequestPartition partition : topic.partitions()) {
        int index = partition.partitionIndex();
        Errors early = named.errorOf(index);
        response.addPartition(
            topic.name(),
            index,
            early == Errors.NONE
                ? reply
                    .partitions()
                    .getOrDefault(named.partition(index), Errors.UNKNOWN_SERVER_ERROR)
                : early);
      }
    }
  }
}
