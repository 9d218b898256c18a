package io.castalia.node.admin;

import io.castalia.streams.connect.Connectors;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's HTTP endpoint for operators. A node that cannot have its port, because another node on
 * the machine has it, say, serves its clients nevertheless: any node answers for the cluster.
 */
public final class AdminServer {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final Duration UNBIND_PATIENCE = Duration.ofSeconds(3);

  private AdminServer() {}

  /**
   * Completes when the endpoint can be reached, or the log says why there is none. Never fails.
   *
   * @param metrics gives the node's metrics as they are then, in the Prometheus text format 0.0.4
   */
  public static CompletionStage<Done> bind(
      ActorSystem<?> system,
      AdminSettings settings,
      Connectors connectors,
      Supplier<String> metrics) {
    if (settings.isOff()) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .bind(
            handler(
                new HealthRoutes(system),
                new MetricsRoutes(system, metrics),
                new ProcessingRoutes(system),
                new ConnectorRoutes(system, connectors)))
        .handle(
            (binding, failure) -> {
              if (failure == null) {
                binding.addToCoordinatedShutdown(UNBIND_PATIENCE, system.classicSystem());
                LOG.info("Operators reach this node at http:/{}", binding.localAddress());
              } else {
                LOG.warn(
                    "No HTTP endpoint for operators on this node: expected a free port"
                        + " castalia.admin.port on {}, but {} was not: {}",
                    settings.host(),
                    settings.port(),
                    String.valueOf(failure.getMessage()));
              }
              return Done.getInstance();
            });
  }

  private static Function<HttpRequest, CompletionStage<HttpResponse>> handler(
      HealthRoutes health,
      MetricsRoutes metrics,
      ProcessingRoutes processing,
      ConnectorRoutes connectors) {
    return request ->
        health
            .answer(request)
            .or(() -> metrics.answer(request))
            .<CompletionStage<HttpResponse>>map(CompletableFuture::completedStage)
            .or(() -> processing.answer(request))
            .orElseGet(() -> connectors.answer(request));
  }
}
