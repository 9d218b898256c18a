package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.BoundedFanOut;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteTopicsRequest;
import org.apache.kafka.common.requests.DeleteTopicsResponse;
import org.jspecify.annotations.Nullable;

/** Deletes topics by name or by id. */
final class DeleteTopicsHandler implements RequestHandler<DeleteTopicsRequest> {
  private final Topics topics;

  DeleteTopicsHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DELETE_TOPICS;
  }

  @Override
  public short minVersion() {
    return 1;
  }

  @Override
  public short maxVersion() {
    return 6;
  }

  @Override
  public CompletionStage<DeleteTopicsResponse> handle(
      RequestContext context, DeleteTopicsRequest request) {
    RequestDeadline deadline = RequestDeadline.in(request.data().timeoutMs());
    List<DeleteTopicState> wanted = request.topics();
    List<DeleteTopicState> distinct = List.copyOf(new LinkedHashSet<>(wanted));
    return BoundedFanOut.over(
            distinct,
            BoundedFanOut.CHANGES,
            topic -> delete(topic, Collections.frequency(wanted, topic), deadline))
        .thenApply(DeleteTopicsHandler::respond);
  }

  private CompletionStage<DeletableTopicResult> delete(
      DeleteTopicState wanted, int mentions, RequestDeadline deadline) {
    if ((wanted.name() == null) == wanted.topicId().equals(Uuid.ZERO_UUID)) {
      return refuse(
          wanted,
          Errors.INVALID_REQUEST,
          "Expected either a name or an id, but got name \"%s\" and id \"%s\""
              .formatted(wanted.name(), wanted.topicId()));
    }
    if (mentions > 1) {
      return refuse(
          wanted,
          Errors.INVALID_REQUEST,
          "Expected each topic once, but this one is named " + mentions + " times");
    }
    return find(wanted)
        .map(
            topic ->
                deadline
                    .orTimedOut(topics.delete(topic.id()))
                    .thenApply(answer -> result(topic.name(), topic.id(), answer)))
        .orElseGet(() -> refuseUnknown(wanted));
  }

  private Optional<TopicDescription> find(DeleteTopicState wanted) {
    return wanted.name() == null
        ? topics.catalog().byId(wanted.topicId())
        : topics.catalog().byName(wanted.name());
  }

  private static CompletionStage<DeletableTopicResult> refuseUnknown(DeleteTopicState wanted) {
    return wanted.name() == null
        ? refuse(
            wanted,
            Errors.UNKNOWN_TOPIC_ID,
            "Expected a topic with id \"" + wanted.topicId() + "\", but there is none")
        : refuse(
            wanted,
            Errors.UNKNOWN_TOPIC_OR_PARTITION,
            "Expected a topic \"" + wanted.name() + "\", but there is none");
  }

  private static CompletionStage<DeletableTopicResult> refuse(
      DeleteTopicState wanted, Errors error, String message) {
    return CompletableFuture.completedFuture(
        result(wanted.name(), wanted.topicId(), TopicResult.refused(error, message)));
  }

  private static DeletableTopicResult result(@Nullable String name, Uuid id, TopicResult answer) {
    return new DeletableTopicResult()
        .setName(name)
        .setTopicId(id)
        .setErrorCode(answer.error().code())
        .setErrorMessage(ErrorText.of(answer));
  }

  private static DeleteTopicsResponse respond(List<DeletableTopicResult> results) {
    DeleteTopicsResponseData response = new DeleteTopicsResponseData();
    results.forEach(response.responses()::add);
    return new DeleteTopicsResponse(response);
  }
}
