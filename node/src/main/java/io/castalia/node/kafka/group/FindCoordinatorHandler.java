package io.castalia.node.kafka.group;

import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;

/** Names the node to talk to about each group. */
final class FindCoordinatorHandler implements RequestHandler<FindCoordinatorRequest> {
  /**
   * The newest version in which librdkafka asks. It asks for ever for the coordinator of a
   * transaction, unless it is told that it may not; then it ends, and shows the message.
   */
  private static final short ASKED_FOR_EVER = 2;

  private final CoordinatorNodes coordinators;

  FindCoordinatorHandler(CoordinatorNodes coordinators) {
    this.coordinators = coordinators;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.FIND_COORDINATOR;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 6;
  }

  @Override
  public CompletionStage<FindCoordinatorResponse> handle(
      RequestContext context, FindCoordinatorRequest request) {
    byte type = request.data().keyType();
    FindCoordinatorResponseData answer =
        context.version() < FindCoordinatorRequest.MIN_BATCHED_VERSION
            ? single(find(type, request.data().key()), context.version())
            : batch(type, request.data().coordinatorKeys());
    return CompletableFuture.completedFuture(new FindCoordinatorResponse(answer));
  }

  private FindCoordinatorResponseData batch(byte type, List<String> keys) {
    return new FindCoordinatorResponseData()
        .setCoordinators(keys.stream().map(key -> find(type, key)).toList());
  }

  private static FindCoordinatorResponseData single(Coordinator found, short version) {
    boolean refused = found.errorCode() == Errors.INVALID_REQUEST.code();
    return new FindCoordinatorResponseData()
        .setErrorCode(
            refused && version <= ASKED_FOR_EVER
                ? Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.code()
                : found.errorCode())
        .setErrorMessage(found.errorMessage())
        .setNodeId(found.nodeId())
        .setHost(found.host())
        .setPort(found.port());
  }

  private Coordinator find(byte type, String key) {
    if (type != CoordinatorType.GROUP.id()) {
      return refused(
          key,
          Errors.INVALID_REQUEST,
          "Expected the key of a group (type 0), but the type was "
              + type
              + "; transactions and share groups are not served");
    }
    Optional<Node> node = coordinators.of(key);
    if (node.isEmpty()) {
      return refused(
          key,
          Errors.COORDINATOR_NOT_AVAILABLE,
          "Expected a node that serves clients, but none is");
    }
    return FindCoordinatorResponse.prepareCoordinatorResponse(Errors.NONE, key, node.get());
  }

  private static Coordinator refused(String key, Errors error, String message) {
    return FindCoordinatorResponse.prepareCoordinatorResponse(error, key, Node.noNode())
        .setErrorMessage(message);
  }
}
