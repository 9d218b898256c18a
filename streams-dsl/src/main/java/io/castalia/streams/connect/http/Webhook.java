package io.castalia.streams.connect.http;

import io.castalia.api.Header;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.Retry;
import io.castalia.streams.connect.CommonKeys;
import io.castalia.streams.connect.SourceRecord;
import io.castalia.streams.connect.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Takes records by HTTP, and answers when they are durable. */
final class Webhook {
  /** The header with a record's key. */
  static final String KEY_HEADER = "X-Record-Key";

  /** A header that is kept with the record, for readers to know a repetition by. */
  static final String IDEMPOTENCY_HEADER = "Idempotency-Key";

  private static final int MAX_BODY_BYTES = 512 * 1024;
  private static final StatusCode TOO_LARGE = StatusCodes.get(413);
  private static final long BODY_TIMEOUT_MILLIS = 10_000;
  private static final int DURABLE_SECONDS = 15;
  private static final Duration UNBIND_PATIENCE = Duration.ofSeconds(3);

  private final TaskContext task;
  private final BoundedSourceQueue<SourceRecord> queue;
  private final CompletionStage<ServerBinding> binding;

  private Webhook(TaskContext task, BoundedSourceQueue<SourceRecord> queue) {
    this.task = task;
    this.queue = queue;
    this.binding =
        Http.get(task.system())
            .newServerAt(task.config().get(HttpSource.HOST), task.config().get(HttpSource.PORT))
            .bind(this::answer);
  }

  /** Listens; the queue fails if that cannot be. */
  static Webhook bind(TaskContext task, BoundedSourceQueue<SourceRecord> queue) {
    Webhook webhook = new Webhook(task, queue);
    var unused =
        webhook.binding.whenComplete(
            (bound, failure) -> {
              if (failure != null) {
                queue.fail(failure);
              }
            });
    return webhook;
  }

  void unbind() {
    var unused = binding.thenCompose(bound -> bound.terminate(UNBIND_PATIENCE));
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    if (!request.getUri().path().equals(task.config().get(HttpSource.PATH))) {
      return refuse(
          request, StatusCodes.NOT_FOUND, "Post to " + task.config().get(HttpSource.PATH));
    }
    if (!request.method().equals(HttpMethods.POST)) {
      return refuse(request, StatusCodes.METHOD_NOT_ALLOWED, "Only POST is understood");
    }
    OptionalLong length = request.entity().getContentLengthOption();
    if (length.isPresent() && length.getAsLong() > MAX_BODY_BYTES) {
      return refuse(request, TOO_LARGE, tooLarge());
    }
    return request
        .entity()
        .withSizeLimit(MAX_BODY_BYTES)
        .toStrict(BODY_TIMEOUT_MILLIS, task.system())
        .thenCompose(body -> take(record(request, body.getData())))
        .exceptionally(Webhook::failure);
  }

  /** One whose length was not said is found to be too large when it comes. */
  private static HttpResponse failure(Throwable failure) {
    Throwable cause = Retry.rootOf(failure);
    return cause instanceof EntityStreamSizeException
        ? response(TOO_LARGE, tooLarge())
        : response(StatusCodes.BAD_REQUEST, String.valueOf(cause.getMessage()));
  }

  private static String tooLarge() {
    return "Expected a body of at most %d bytes, but it is longer".formatted(MAX_BODY_BYTES);
  }

  private SourceRecord record(HttpRequest request, ByteString body) {
    ByteString key = header(request, KEY_HEADER).map(ByteString::fromString).orElse(null);
    List<Header> headers =
        header(request, IDEMPOTENCY_HEADER)
            .map(each -> List.of(new Header(IDEMPOTENCY_HEADER, ByteString.fromString(each))))
            .orElse(List.of());
    return SourceRecord.of(
        task.config().get(CommonKeys.TOPIC),
        outbound(key, body, headers),
        new SourceRecord.Position("http", ""));
  }

  private static OutboundRecord outbound(
      @Nullable ByteString key, ByteString body, List<Header> headers) {
    return new OutboundRecord(key, body, System.currentTimeMillis(), headers);
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private CompletionStage<HttpResponse> take(SourceRecord record) {
    if (!(queue.offer(record) instanceof QueueOfferResult.Enqueued$)) {
      return CompletableFuture.completedStage(
          response(StatusCodes.SERVICE_UNAVAILABLE, "Too many records wait; post it again later"));
    }
    return record
        .durable()
        .copy()
        .orTimeout(DURABLE_SECONDS, TimeUnit.SECONDS)
        .handle(
            (done, failure) ->
                failure == null
                    ? response(StatusCodes.OK, "")
                    : response(
                        StatusCodes.SERVICE_UNAVAILABLE,
                        "The record was not known to be durable in time; post it again"));
  }

  private CompletionStage<HttpResponse> refuse(
      HttpRequest request, StatusCode code, String message) {
    request.discardEntityBytes(task.system());
    return CompletableFuture.completedStage(response(code, message));
  }

  private static HttpResponse response(StatusCode code, String message) {
    HttpResponse empty = HttpResponse.create().withStatus(code);
    return message.isEmpty() ? empty : empty.withEntity(message + "\n");
  }
}
