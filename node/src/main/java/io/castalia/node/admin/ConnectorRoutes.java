package io.castalia.node.admin;

import io.castalia.node.admin.RequestBody.TooLongException;
import io.castalia.streams.connect.Connectors;
import io.castalia.streams.connect.RegistryReply;
import io.castalia.streams.connect.RegistryReply.Described;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** Answers as Kafka Connect's REST interface does, so that tools for it can be used. */
final class ConnectorRoutes {
  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final ActorSystem<?> system;
  private final Connectors connectors;

  ConnectorRoutes(ActorSystem<?> system, Connectors connectors) {
    this.system = system;
    this.connectors = connectors;
  }

  /**
   * A request with its path in pieces.
   *
   * @param operation method and path, with {@code *} in the place of the connector's name
   * @param name the connector's, or empty
   */
  private record Call(String operation, String name, boolean expand, String body) {}

  CompletionStage<HttpResponse> answer(HttpRequest request) {
    return RequestBody.read(request, MAX_BODY_BYTES, system)
        .thenCompose(body -> answer(call(request, body)))
        .exceptionally(ConnectorRoutes::failure);
  }

  private static Call call(HttpRequest request, String body) {
    List<String> path =
        Arrays.stream(request.getUri().getPathString().split("/", -1))
            .filter(each -> !each.isEmpty())
            .map(each -> URLDecoder.decode(each.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    boolean named = path.size() > 1 && path.get(0).equals("connectors");
    String operation =
        request.method().value()
            + " /"
            + String.join(
                "/",
                IntStream.range(0, path.size())
                    .mapToObj(i -> named && i == 1 ? "*" : path.get(i))
                    .toList());
    boolean expand = request.getUri().query().get("expand").isPresent();
    return new Call(operation, named ? path.get(1) : "", expand, body);
  }

  private CompletionStage<HttpResponse> answer(Call call) {
    return switch (call.operation()) {
      case "GET /connector-plugins" -> done(OK, ConnectorJson.plugins(connectors.plugins().all()));
      case "GET /connectors" ->
          connectors.list().thenApply(reply -> listed((RegistryReply.Listed) reply, call));
      case "POST /connectors" -> create(call);
      case "GET /connectors/*" -> described(call, OK, ConnectorJson::info);
      case "GET /connectors/*/config" -> described(call, OK, ConnectorJson::config);
      case "GET /connectors/*/tasks" -> described(call, OK, ConnectorJson::tasks);
      case "GET /connectors/*/status" -> described(call, OK, ConnectorJson::status);
      case "PUT /connectors/*/config" -> configure(call);
      case "PUT /connectors/*/pause" -> reply(connectors.pause(call.name()), ACCEPTED);
      case "PUT /connectors/*/resume" -> reply(connectors.resume(call.name()), ACCEPTED);
      case "POST /connectors/*/restart" -> reply(connectors.restart(call.name()), NO_CONTENT);
      case "DELETE /connectors/*" -> reply(connectors.delete(call.name()), NO_CONTENT);
      default ->
          done(
              NOT_FOUND,
              ConnectorJson.error(NOT_FOUND, "There is nothing at " + call.operation() + "."));
    };
  }

  private static HttpResponse listed(RegistryReply.Listed listed, Call call) {
    return response(
        OK,
        call.expand()
            ? ConnectorJson.expanded(listed.connectors())
            : ConnectorJson.names(listed.connectors()));
  }

  private CompletionStage<HttpResponse> create(Call call) {
    Map.Entry<String, Map<String, String>> wanted = ConnectorJson.creation(call.body());
    return connectors
        .create(wanted.getKey(), wanted.getValue())
        .thenApply(reply -> response(reply, CREATED, ConnectorJson::info));
  }

  /** Creates the connector if there is none of that name, as Kafka Connect does. */
  private CompletionStage<HttpResponse> configure(Call call) {
    Map<String, String> config = ConnectorJson.configuration(call.body());
    return connectors
        .configure(call.name(), config)
        .thenCompose(
            reply ->
                isUnknown(reply)
                    ? connectors
                        .create(call.name(), config)
                        .thenApply(created -> response(created, CREATED, ConnectorJson::info))
                    : CompletableFuture.completedStage(response(reply, OK, ConnectorJson::info)));
  }

  private static boolean isUnknown(RegistryReply reply) {
    return reply instanceof RegistryReply.Refused refused
        && refused.reason() == RegistryReply.Reason.UNKNOWN;
  }

  private CompletionStage<HttpResponse> described(
      Call call, int code, Function<Described, String> text) {
    return connectors.describe(call.name()).thenApply(reply -> response(reply, code, text));
  }

  private static CompletionStage<HttpResponse> reply(
      CompletionStage<RegistryReply> reply, int code) {
    return reply.thenApply(each -> response(each, code, described -> ""));
  }

  private static HttpResponse response(
      RegistryReply reply, int code, Function<Described, String> text) {
    if (reply instanceof RegistryReply.Refused refused) {
      int refusal = ConnectorJson.code(refused.reason());
      return response(refusal, ConnectorJson.error(refusal, refused.message()));
    }
    return response(code, text.apply((Described) reply));
  }

  private static CompletionStage<HttpResponse> done(int code, String json) {
    return CompletableFuture.completedStage(response(code, json));
  }

  private static HttpResponse response(int code, String json) {
    HttpResponse empty = HttpResponse.create().withStatus(StatusCodes.get(code));
    return json.isEmpty() ? empty : empty.withEntity(ContentTypes.APPLICATION_JSON, json);
  }

  private static HttpResponse failure(Throwable failure) {
    Throwable cause = Optional.ofNullable(failure.getCause()).orElse(failure);
    int code = code(cause);
    return response(code, ConnectorJson.error(code, String.valueOf(cause.getMessage())));
  }

  private static int code(Throwable cause) {
    if (cause instanceof TooLongException) {
      return TooLongException.CODE;
    }
    return cause instanceof IllegalArgumentException ? BAD_REQUEST : UNAVAILABLE;
  }
}
