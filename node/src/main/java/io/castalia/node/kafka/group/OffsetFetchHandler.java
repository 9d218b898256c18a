package io.castalia.node.kafka.group;

import io.castalia.actors.group.Groups;
import io.castalia.actors.group.MemberClaim;
import io.castalia.actors.group.OffsetsQuery;
import io.castalia.actors.group.OffsetsReply;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;
import org.jspecify.annotations.Nullable;

/** Reads committed offsets of one group or, from version 8 on, of many. */
final class OffsetFetchHandler implements RequestHandler<OffsetFetchRequest> {
  /** Groups asked at the same time for one request. */
  private static final int GROUPS_AT_ONCE = 64;

  private final Groups groups;
  private final TopicNames topics;

  OffsetFetchHandler(Groups groups, TopicNames topics) {
    this.groups = groups;
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.OFFSET_FETCH;
  }

  @Override
  public short minVersion() {
    return 1;
  }

  @Override
  public short maxVersion() {
    return 10;
  }

  @Override
  public CompletionStage<OffsetFetchResponse> handle(
      RequestContext context, OffsetFetchRequest request) {
    short version = context.version();
    boolean stable = request.requireStable();
    return BoundedFanOut.over(
            request.groups(), GROUPS_AT_ONCE, group -> fetch(group, stable, version))
        .thenApply(answers -> new OffsetFetchResponse.Builder(answers).build(version));
  }

  private CompletionStage<OffsetFetchResponseGroup> fetch(
      OffsetFetchRequestGroup group, boolean stable, short version) {
    OffsetSelection selection =
        new OffsetSelection(topics, OffsetFetchRequest.useTopicIds(version));
    boolean all = OffsetFetchRequest.requestAllOffsets(group);
    OffsetsQuery query =
        new OffsetsQuery(
            group.groupId(),
            all ? Optional.empty() : Optional.of(selection.partitions(group.topics())),
            stable,
            claim(group));
    return groups
        .fetchOffsets(query)
        .thenApply(
            reply ->
                reply.error() == Errors.NONE
                    ? answer(group, selection, reply)
                    : OffsetFetchResponse.groupError(group, reply.error(), version));
  }

  /** Who says neither who it is nor its epoch only looks. */
  private static Optional<MemberClaim> claim(OffsetFetchRequestGroup group) {
    @Nullable String memberId = group.memberId();
    return memberId == null && group.memberEpoch() < 0
        ? Optional.empty()
        : Optional.of(new MemberClaim(memberId == null ? "" : memberId, group.memberEpoch()));
  }

  private static OffsetFetchResponseGroup answer(
      OffsetFetchRequestGroup group, OffsetSelection selection, OffsetsReply reply) {
    return new OffsetFetchResponseGroup()
        .setGroupId(group.groupId())
        .setTopics(
            OffsetFetchRequest.requestAllOffsets(group)
                ? selection.all(reply.offsets())
                : selection.requested(group.topics(), reply.offsets()));
  }
}
