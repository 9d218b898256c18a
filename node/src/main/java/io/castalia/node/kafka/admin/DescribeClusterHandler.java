package io.castalia.node.kafka.admin;

import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;

/** Names the nodes of the cluster. */
final class DescribeClusterHandler implements RequestHandler<DescribeClusterRequest> {
  private static final byte BROKERS = 1;
  private static final byte CONTROLLERS = 2;

  private final ClusterView cluster;

  DescribeClusterHandler(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.DESCRIBE_CLUSTER;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 2;
  }

  @Override
  public CompletionStage<DescribeClusterResponse> handle(
      RequestContext context, DescribeClusterRequest request) {
    return CompletableFuture.completedFuture(new DescribeClusterResponse(answer(request.data())));
  }

  private DescribeClusterResponseData answer(DescribeClusterRequestData request) {
    byte endpointType = request.endpointType();
    DescribeClusterResponseData response =
        new DescribeClusterResponseData()
            .setClusterId(cluster.clusterId())
            .setEndpointType(endpointType);
    if (endpointType != BROKERS) {
      Errors error =
          endpointType == CONTROLLERS
              ? Errors.MISMATCHED_ENDPOINT_TYPE
              : Errors.UNSUPPORTED_ENDPOINT_TYPE;
      return response
          .setErrorCode(error.code())
          .setErrorMessage(
              "Expected endpoint type " + BROKERS + " (brokers), but it was " + endpointType);
    }
    cluster.nodes().forEach(node -> response.brokers().add(describe(node)));
    return response
        .setControllerId(cluster.controller())
        .setClusterAuthorizedOperations(
            AuthorizedOperations.onCluster(request.includeClusterAuthorizedOperations()));
  }

  private static DescribeClusterBroker describe(Node node) {
    return new DescribeClusterBroker()
        .setBrokerId(node.id())
        .setHost(node.host())
        .setPort(node.port())
        .setRack(node.rack());
  }
}
