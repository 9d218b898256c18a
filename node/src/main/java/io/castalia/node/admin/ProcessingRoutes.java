package io.castalia.node.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.castalia.node.admin.RequestBody.TooLongException;
import io.castalia.streams.Retry;
import io.castalia.streams.processing.runtime.ProcessingClient;
import io.castalia.streams.processing.runtime.ProcessingReset;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/**
 * Tells of applications' tasks: {@code GET /processing/APPLICATION/tasks}. Resets applications that
 * are stopped: {@code POST /processing/APPLICATION/reset} with {@code {"to": "earliest"}}, {@code
 * "latest"}, {@code {"offset": N}} or {@code {"time": MILLIS}}, and {@code "topics"} if not all.
 * Answers with the places.
 */
final class ProcessingRoutes {
  private static final Pattern PATH = Pattern.compile("/processing/([^/]+)/(reset|tasks)");
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;

  private final ActorSystem<?> system;

  ProcessingRoutes(ActorSystem<?> system) {
    this.system = system;
  }

  /** Empty where the request is for something else. */
  Optional<CompletionStage<HttpResponse>> answer(HttpRequest request) {
    Matcher path = PATH.matcher(request.getUri().getPathString());
    if (!path.matches()) {
      return Optional.empty();
    }
    String application =
        URLDecoder.decode(path.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    return switch (request.method().value() + " " + path.group(2)) {
      case "GET tasks" -> {
        request.discardEntityBytes(system);
        yield Optional.of(tasks(application).exceptionally(ProcessingRoutes::failure));
      }
      case "POST reset" ->
          Optional.of(reset(application, request).exceptionally(ProcessingRoutes::failure));
      default -> Optional.empty();
    };
  }

  private CompletionStage<HttpResponse> tasks(String application) {
    return ProcessingClient.create(system, application, STATUS_TIMEOUT)
        .tasks()
        .thenApply(tasks -> response(OK, ProcessingJson.tasks(application, tasks)));
  }

  private CompletionStage<HttpResponse> reset(String application, HttpRequest request) {
    return RequestBody.read(request, MAX_BODY_BYTES, system)
        .thenCompose(body -> reset(application, ProcessingJson.object(body)));
  }

  private CompletionStage<HttpResponse> reset(String application, JsonNode wanted) {
    return ProcessingReset.create(system, application, REPLY_TIMEOUT)
        .to(ProcessingJson.target(wanted.path("to")), ProcessingJson.topics(wanted.path("topics")))
        .thenApply(places -> response(OK, ProcessingJson.told(application, places)));
  }

  private static HttpResponse failure(Throwable failure) {
    Throwable cause = Retry.rootOf(failure);
    String message = String.valueOf(cause.getMessage());
    int code = code(cause);
    return response(code, ProcessingJson.error(code, message));
  }

  private static int code(Throwable cause) {
    if (cause instanceof TooLongException) {
      return TooLongException.CODE;
    }
    if (cause instanceof IllegalStateException) {
      return CONFLICT;
    }
    return cause instanceof IllegalArgumentException
            || cause instanceof UnknownTopicOrPartitionException
        ? BAD_REQUEST
        : UNAVAILABLE;
  }

  private static HttpResponse response(int code, String json) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(code))
        .withEntity(ContentTypes.APPLICATION_JSON, json);
  }
}
