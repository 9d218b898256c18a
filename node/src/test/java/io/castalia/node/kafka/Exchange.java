package io.castalia.node.kafka;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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
  private static final int PATIENCE_SECONDS = 60;

  private Exchange() {}

  /** Sends a request's data in one version and gives back what the client reads. */
  public static <D extends ApiMessage> D send(
      RequestHandler<?> handler, ApiMessage request, int version, Class<D> answerType) {
    return begin(handler, request, version, answerType)
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** Sends a request's data; the answer may take its time. */
  @SuppressWarnings("unchecked") // the handler takes what is parsed under its key
  public static <D extends ApiMessage> CompletableFuture<D> begin(
      RequestHandler<?> handler, ApiMessage request, int version, Class<D> answerType) {
    RequestHeader header = new RequestHeader(handler.key(), (short) version, "test", 1);
    CompletableFuture<Done> released = new CompletableFuture<>();
    return ((RequestHandler<AbstractRequest>) handler)
        .handle(context(header, released), parsed(handler.key(), request, (short) version))
        .toCompletableFuture()
        .thenApply(
            response -> {
              D answer = answerType.cast(read(header, response).data());
              released.complete(Done.getInstance());
              return answer;
            });
  }

  private static AbstractRequest parsed(ApiKeys key, ApiMessage request, short version) {
    ByteBufferAccessor body = MessageUtil.toByteBufferAccessor(request, version);
    return AbstractRequest.parseRequest(key, version, body).request;
  }

  private static AbstractResponse read(RequestHeader header, AbstractResponse response) {
    ByteBuffer bytes =
        ResponseEncoder.encode(header.toResponseHeader(), response.data(), header.apiVersion())
            .toByteBuffer();
    bytes.getInt();
    return AbstractResponse.parseResponse(bytes, header);
  }

  private static RequestContext context(RequestHeader header, CompletableFuture<Done> released) {
    return new RequestContext(
        header,
        "connection-1",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
        released);
  }
}
