package io.castalia.node.kafka.log;

import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;

/**
 * Gives ids to idempotent producers: always a new one, as Kafka does, for without a transactional
 * id nothing says that an id belongs to who asks. Transactions are refused with a code that clients
 * take for final.
 */
final class InitProducerIdHandler implements RequestHandler<InitProducerIdRequest> {
  private final Topics topics;

  InitProducerIdHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.INIT_PRODUCER_ID;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 5;
  }

  @Override
  public CompletionStage<InitProducerIdResponse> handle(
      RequestContext context, InitProducerIdRequest request) {
    Errors refusal = refusalOf(request.data());
    if (refusal != Errors.NONE) {
      return CompletableFuture.completedFuture(response(refusal, RecordBatch.NO_PRODUCER_ID));
    }
    return topics
        .nextProducerId()
        .thenApply(id -> response(Errors.NONE, id))
        .exceptionallyCompose(InitProducerIdHandler::notNow);
  }

  /** A producer that is not told to try again gives up all that it has to send. */
  private static CompletionStage<InitProducerIdResponse> notNow(Throwable failure) {
    return Errors.maybeUnwrapException(failure) instanceof RetriableException retriable
        ? CompletableFuture.completedFuture(
            response(Errors.forException(retriable), RecordBatch.NO_PRODUCER_ID))
        : CompletableFuture.failedFuture(failure);
  }

  private static Errors refusalOf(InitProducerIdRequestData request) {
    boolean hasId = request.producerId() != RecordBatch.NO_PRODUCER_ID;
    boolean hasEpoch = request.producerEpoch() != RecordBatch.NO_PRODUCER_EPOCH;
    if (hasId != hasEpoch) {
      return Errors.INVALID_REQUEST;
    }
    String transactionalId = request.transactionalId();
    if (transactionalId == null) {
      return Errors.NONE;
    }
    return transactionalId.isEmpty() ? Errors.INVALID_REQUEST : Errors.UNSUPPORTED_VERSION;
  }

  private static InitProducerIdResponse response(Errors error, long producerId) {
    return new InitProducerIdResponse(
        new InitProducerIdResponseData()
            .setErrorCode(error.code())
            .setProducerId(producerId)
            .setProducerEpoch(error == Errors.NONE ? 0 : RecordBatch.NO_PRODUCER_EPOCH));
  }
}
