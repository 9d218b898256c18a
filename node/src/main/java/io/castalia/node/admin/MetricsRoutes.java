package io.castalia.node.admin;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Gives Prometheus the node's metrics. */
final class MetricsRoutes {
  private static final String PATH = "/metrics";

  /** Prometheus refuses what does not say its version. */
  private static final ContentType TEXT =
      ContentTypes.parse("text/plain; version=0.0.4; charset=UTF-8");

  private final ActorSystem<?> system;
  private final Supplier<String> metrics;

  /**
   * @param metrics gives the values as they are then, in the Prometheus text format 0.0.4
   */
  MetricsRoutes(ActorSystem<?> system, Supplier<String> metrics) {
    this.system = system;
    this.metrics = metrics;
  }

  /** Empty where the request is for something else. */
  Optional<HttpResponse> answer(HttpRequest request) {
    if (!request.getUri().getPathString().equals(PATH)) {
      return Optional.empty();
    }
    request.discardEntityBytes(system);
    return Optional.of(
        HttpResponse.create().withEntity(TEXT, metrics.get().getBytes(StandardCharsets.UTF_8)));
  }
}
