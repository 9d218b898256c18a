package io.castalia.node.kafka;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through its handler.
 *
 * @param handler who answers it
 * @param context where it came from
 * @param request the parsed body
 * @param meters where the errors of its answer are counted
 */
record Call<Q extends AbstractRequest>(
    RequestHandler<Q> handler, RequestContext context, Q request, ApiMeters meters) {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  /** What the connection does about a request. */
  enum Kind {
    RESPONSE,
    NOTHING,
    CLOSE
  }

  /**
   * The end of a call.
   *
   * @param bytes the encoded response, empty unless {@link Kind#RESPONSE}
   * @param reason why the connection closes, empty unless {@link Kind#CLOSE}
   */
  record Answer(Kind kind, ByteString bytes, String reason) {
    private static Answer response(ByteString bytes) {
      return new Answer(Kind.RESPONSE, bytes, "");
    }

    private static Answer nothing() {
      return new Answer(Kind.NOTHING, ByteString.emptyByteString(), "");
    }

    private static Answer close(String reason) {
      return new Answer(Kind.CLOSE, ByteString.emptyByteString(), reason);
    }
  }

  /** The answer to an ApiVersions request of a version that the table does not have. */
  static ByteString unsupportedApiVersions(RequestHeader header, ApiTable table) {
    return ResponseEncoder.encode(
        new ResponseHeader(header.correlationId(), (short) 0),
        table.unsupportedApiVersions().data(),
        (short) 0);
  }

  /** Never fails. */
  CompletionStage<Answer> run() {
    return handled().handle(this::answer);
  }

  private CompletionStage<? extends AbstractResponse> handled() {
    try {
      return handler.handle(context, request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Answer answer(@Nullable AbstractResponse response, @Nullable Throwable failure) {
    if (response == null) {
      return failed(failure);
    }
    try {
      Map<Errors, Integer> errors = response.errorCounts();
      meters.errors(errors);
      return handler.expectsResponse(request)
          ? Answer.response(encode(response))
          : withoutResponse(errors);
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  /** Errors that the client is not told must not pass unseen: it would wait for nothing. */
  private Answer withoutResponse(Map<Errors, Integer> errors) {
    return errors.keySet().stream()
        .filter(error -> error != Errors.NONE)
        .findFirst()
        .map(error -> Answer.close(describe() + " that wants no response met " + error))
        .orElseGet(Answer::nothing);
  }

  private Answer failed(@Nullable Throwable failure) {
    LOG.error("Expected an answer to {}, but its handler failed", describe(), failure);
    try {
      AbstractResponse response =
          request.getErrorResponse(0, Errors.UNKNOWN_SERVER_ERROR.exception());
      meters.errors(response.errorCounts());
      return handler.expectsResponse(request)
          ? Answer.response(encode(response))
          : Answer.close(describe() + " that wants no response failed");
    } catch (RuntimeException e) {
      return Answer.close(describe() + " failed and its error cannot be told: " + e);
    }
  }

  private ByteString encode(AbstractResponse response) {
    RequestHeader header = context.header();
    return ResponseEncoder.encode(header.toResponseHeader(), response.data(), header.apiVersion());
  }

  private String describe() {
    RequestHeader header = context.header();
    return "%s request %d of version %d from client \"%s\" on connection \"%s\""
        .formatted(
            header.apiKey(),
            header.correlationId(),
            header.apiVersion(),
            Refusals.printable(header.clientId()),
            context.connectionId());
  }
}
