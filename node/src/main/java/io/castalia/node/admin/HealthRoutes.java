package io.castalia.node.admin;

import java.util.Optional;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/**
 * Tells those who run nodes whether this one is alive, and whether it should be sent clients: 200
 * or 503, with a line of text.
 */
final class HealthRoutes {
  private static final String ALIVE = "/health/alive";
  private static final String READY = "/health/ready";

  private final ActorSystem<?> system;

  HealthRoutes(ActorSystem<?> system) {
    this.system = system;
  }

  /** Empty where the request is for something else. */
  Optional<HttpResponse> answer(HttpRequest request) {
    String path = request.getUri().getPathString();
    if (path.equals(ALIVE)) {
      request.discardEntityBytes(system);
      return Optional.of(response(StatusCodes.OK, "alive"));
    }
    if (path.equals(READY)) {
      request.discardEntityBytes(system);
      return Optional.of(
          obstacle()
              .map(why -> response(StatusCodes.SERVICE_UNAVAILABLE, why))
              .orElseGet(() -> response(StatusCodes.OK, "ready")));
    }
    return Optional.empty();
  }

  /** Why no clients should be sent here. */
  private Optional<String> obstacle() {
    if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()) {
      return Optional.of("the node is stopping");
    }
    MemberStatus status = Cluster.get(system).selfMember().status();
    return status.equals(MemberStatus.up())
        ? Optional.empty()
        : Optional.of("the node is " + status + " in its cluster, not Up");
  }

  private static HttpResponse response(StatusCode code, String text) {
    return HttpResponse.create()
        .withStatus(code)
        .withEntity(ContentTypes.TEXT_PLAIN_UTF8, text + "\n");
  }
}
