package io.castalia.node.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;

/** Tells clients what the {@link ApiTable} holds. */
final class ApiVersionsHandler implements RequestHandler<ApiVersionsRequest> {
  private final ApiTable table;

  ApiVersionsHandler(ApiTable table) {
    this.table = table;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.API_VERSIONS;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 4;
  }

  @Override
  public CompletionStage<ApiVersionsResponse> handle(
      RequestContext context, ApiVersionsRequest request) {
    ApiVersionsResponseData data = new ApiVersionsResponseData();
    if (request.isValid()) {
      data.setApiKeys(collect(table.advertised()));
    } else {
      data.setErrorCode(Errors.INVALID_REQUEST.code());
    }
    return CompletableFuture.completedFuture(new ApiVersionsResponse(data));
  }

  /**
   * The answer to a version that we do not know. Its sender can read no version but 0, and learns
   * from it which to use.
   */
  ApiVersionsResponse unsupportedVersion() {
    return new ApiVersionsResponse(
        new ApiVersionsResponseData()
            .setErrorCode(Errors.UNSUPPORTED_VERSION.code())
            .setApiKeys(collect(List.of(ApiTable.advertised(this)))));
  }

  private static ApiVersionCollection collect(List<ApiVersion> versions) {
    ApiVersionCollection collection = new ApiVersionCollection(versions.size());
    versions.forEach(version -> collection.add(version.duplicate()));
    return collection;
  }
}
