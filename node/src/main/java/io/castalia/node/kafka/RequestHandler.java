package io.castalia.node.kafka;

import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * Answers one kind of Kafka request.
 *
 * <p>Handlers are shared by all connections. The requests of one connection are handed over in the
 * order in which they came, one call at a time; answers may complete in any order and are sent in
 * request order.
 *
 * @param <Q> the class that {@link AbstractRequest#parseRequest} makes for {@link #key()}
 */
public interface RequestHandler<Q extends AbstractRequest> {

  ApiKeys key();

  /** The oldest version answered; older ones close the connection, as with Kafka. */
  short minVersion();

  /** The newest version answered; newer ones close the connection, as with Kafka. */
  short maxVersion();

  /**
   * The oldest version that ApiVersions shows. Differs from {@link #minVersion()} only where a
   * client draws wrong conclusions from the truth.
   */
  default short advertisedMinVersion() {
    return minVersion();
  }

  /**
   * Whether the client waits for a response. Where it does not, nothing is sent, and a response
   * that holds an error closes the connection: the only sign that the client can get.
   */
  default boolean expectsResponse(Q request) {
    return true;
  }

  /**
   * What the answer may take, where that can be many times the request: leased before the request
   * is handled, until the answer is out. Handlers that read records lease for themselves.
   *
   * @return bytes, 0 where the request's own memory is enough
   */
  default long answerBytes(Q request) {
    return 0;
  }

  /**
   * Handles a request. Must not block.
   *
   * @param request its byte buffers are views of the received frame, which nobody changes; they may
   *     be kept
   * @return the response, with refusals as Kafka error codes inside; a failed stage (or an
   *     exception) is answered with UNKNOWN_SERVER_ERROR and logged
   */
  CompletionStage<? extends AbstractResponse> handle(RequestContext context, Q request);
}
