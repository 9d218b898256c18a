package io.castalia.node.kafka;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.pekko.Done;

/**
 * Turns the frames of one connection into requests and their answers into bytes. Called by one
 * stream, one frame at a time; answers complete on any thread.
 */
final class Connection {
  private final String id;
  private final InetSocketAddress client;
  private final Shared shared;
  private final Refusals refusals;
  private final Map<Long, CompletableFuture<Done>> unreleased = new ConcurrentHashMap<>();
  private long requests;
  private volatile boolean ended;

  /**
   * What all connections of a gateway share.
   *
   * @param answerMemory where answers that are much larger than their requests take of
   */
  record Shared(ApiTable table, ByteBudget answerMemory, GatewayMeters meters) {}

  Connection(String id, InetSocketAddress client, Shared shared, Refusals refusals) {
    this.id = id;
    this.client = client;
    this.shared = shared;
    this.refusals = refusals;
  }

  /** Never fails: what cannot be answered closes the connection. */
  CompletionStage<Outgoing> handle(Frame frame) {
    CompletableFuture<Done> released = newReleased();
    return call(frame.bytes(), released).whenComplete((outgoing, failure) -> frame.release().run());
  }

  /** To be called when the stream has ended, however it did. */
  void terminated() {
    ended = true;
    unreleased.values().forEach(released -> released.complete(Done.getInstance()));
  }

  private CompletableFuture<Done> newReleased() {
    CompletableFuture<Done> released = new CompletableFuture<>();
    long request = requests++;
    unreleased.put(request, released);
    if (ended) {
      released.complete(Done.getInstance());
    }
    var unused = released.thenRun(() -> unreleased.remove(request));
    return released;
  }

  private CompletionStage<Outgoing> call(ByteBuffer bytes, CompletableFuture<Done> released) {
    short keyId = bytes.getShort(0);
    short version = bytes.getShort(Short.BYTES);
    Optional<ApiKeys> key =
        ApiKeys.hasId(keyId) ? Optional.of(ApiKeys.forId(keyId)) : Optional.empty();
    Optional<RequestHandler<?>> handler =
        key.flatMap(known -> shared.table().handlerOf(known, version));
    try {
      if (handler.isPresent()) {
        return parsed(handler.get(), bytes, released);
      }
      if (key.equals(Optional.of(ApiKeys.API_VERSIONS))) {
        RequestHeader header = RequestHeader.parse(bytes);
        return CompletableFuture.completedFuture(
            Outgoing.response(Call.unsupportedApiVersions(header, shared.table()), released));
      }
    } catch (RuntimeException e) {
      String name = key.map(ApiKeys::toString).orElse("key " + keyId);
      return refuse("malformed %s request of version %d: %s".formatted(name, version, e), released);
    }
    return refuse(
        "no support for API key %d in version %d%s"
            .formatted(keyId, version, clientIdOf(key, bytes)),
        released);
  }

  private <Q extends AbstractRequest> CompletionStage<Outgoing> parsed(
      RequestHandler<Q> handler, ByteBuffer bytes, CompletableFuture<Done> released) {
    long begun = System.nanoTime();
    ApiMeters meters = shared.meters().of(handler.key());
    meters.received(Integer.BYTES + bytes.capacity());
    RequestHeader header = RequestHeader.parse(bytes);
    // The table holds a handler under the key whose requests it takes.
    @SuppressWarnings("unchecked")
    Q request =
        (Q)
            AbstractRequest.parseRequest(
                    header.apiKey(), header.apiVersion(), new ByteBufferAccessor(bytes))
                .request;
    RequestContext context = new RequestContext(header, id, client, released);
    return run(new Call<>(handler, context, request, meters))
        .thenApply(
            answer -> {
              meters.answered(begun, answer.bytes().length());
              return outgoing(answer, released);
            });
  }

  private <Q extends AbstractRequest> CompletionStage<Call.Answer> run(Call<Q> call) {
    long bytes = call.handler().answerBytes(call.request());
    if (bytes == 0) {
      return call.run();
    }
    return shared
        .answerMemory()
        .acquire(bytes)
        .thenCompose(
            lease -> {
              var unused = call.context().released().thenRun(lease::release);
              return call.run();
            });
  }

  private Outgoing outgoing(Call.Answer answer, CompletableFuture<Done> released) {
    return switch (answer.kind()) {
      case RESPONSE -> Outgoing.response(answer.bytes(), released);
      case NOTHING -> Outgoing.nothing(released);
      case CLOSE -> {
        refusals.closing(answer.reason());
        yield Outgoing.close(released);
      }
    };
  }

  private CompletionStage<Outgoing> refuse(String reason, CompletableFuture<Done> released) {
    refusals.closing(reason);
    return CompletableFuture.completedFuture(Outgoing.close(released));
  }

  /** The client's name for the log, where the header can be read. */
  private static String clientIdOf(Optional<ApiKeys> key, ByteBuffer bytes) {
    if (key.isEmpty()) {
      return "";
    }
    try {
      return " from client \"" + RequestHeader.parse(bytes.rewind()).clientId() + "\"";
    } catch (RuntimeException e) {
      return " with an unreadable header";
    }
  }
}
