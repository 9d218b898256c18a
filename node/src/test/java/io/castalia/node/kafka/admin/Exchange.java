package io.castalia.node.kafka.admin;

import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.pekko.Done;

/** One request and its response, both through their wire format, as a client meets them. */
public final class Exchange {
  private static final int PATIENCE_SECONDS = 10;

  private Exchange() {}

  /** Sends a request's data in one version and gives back what the client reads. */
  @SuppressWarnings("unchecked")
  public static <D extends ApiMessage> D send(
      RequestHandler<?> handler, ApiMessage request, int version, Class<D> answerType) {
    short asShort = (short) version;
    ByteBufferAccessor body = MessageUtil.toByteBufferAccessor(request, asShort);
    AbstractRequest parsed = AbstractRequest.parseRequest(handler.key(), asShort, body).request;
    AbstractResponse response = answer((RequestHandler<AbstractRequest>) handler, parsed);
    ByteBufferAccessor answer = MessageUtil.toByteBufferAccessor(response.data(), asShort);
    return answerType.cast(AbstractResponse.parseResponse(handler.key(), answer, asShort).data());
  }

  private static AbstractResponse answer(
      RequestHandler<AbstractRequest> handler, AbstractRequest request) {
    return handler
        .handle(context(handler.key(), request.version()), request)
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static RequestContext context(ApiKeys key, short version) {
    return new RequestContext(
        new RequestHeader(key, version, "test", 1),
        "connection-1",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
        CompletableFuture.completedFuture(Done.getInstance()));
  }
}
