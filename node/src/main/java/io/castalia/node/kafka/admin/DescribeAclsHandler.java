package io.castalia.node.kafka.admin;

import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.DescribeAclsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeAclsRequest;
import org.apache.kafka.common.requests.DescribeAclsResponse;

/** Says that there are no access rules, as a Kafka without an authorizer does. */
final class DescribeAclsHandler implements RequestHandler<DescribeAclsRequest> {

  @Override
  public ApiKeys key() {
    return ApiKeys.DESCRIBE_ACLS;
  }

  @Override
  public short minVersion() {
    return 1;
  }

  @Override
  public short maxVersion() {
    return 3;
  }

  @Override
  public CompletionStage<DescribeAclsResponse> handle(
      RequestContext context, DescribeAclsRequest request) {
    return CompletableFuture.completedFuture(
        new DescribeAclsResponse(
            new DescribeAclsResponseData()
                .setErrorCode(Errors.SECURITY_DISABLED.code())
                .setErrorMessage("Expected an authorizer, but none is configured"),
            context.version()));
  }
}
