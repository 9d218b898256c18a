package io.castalia.node.kafka;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Tcp;

/** A gateway that listens. */
public final class GatewayBinding {
  private final Tcp.ServerBinding binding;
  private final SharedKillSwitch noMoreRequests;
  private final SharedKillSwitch atOnce;
  private final Map<String, CompletableFuture<Done>> open;

  GatewayBinding(
      Tcp.ServerBinding binding,
      SharedKillSwitch noMoreRequests,
      SharedKillSwitch atOnce,
      Map<String, CompletableFuture<Done>> open) {
    this.binding = binding;
    this.noMoreRequests = noMoreRequests;
    this.atOnce = atOnce;
    this.open = open;
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /**
   * Stops listening and reading; answers what came before; then closes. What is not answered within
   * {@code patience} is cut off.
   *
   * @return completes when no connection is left
   */
  public CompletionStage<Done> drain(Duration patience) {
    return binding
        .unbind()
        .thenCompose(
            unbound -> {
              noMoreRequests.shutdown();
              return allClosed()
                  .copy()
                  .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                  .exceptionallyCompose(
                      late -> {
                        atOnce.abort(new IllegalStateException("the gateway has stopped", late));
                        return allClosed();
                      });
            });
  }

  private CompletableFuture<Done> allClosed() {
    return CompletableFuture.allOf(open.values().toArray(CompletableFuture[]::new))
        .thenApply(ignored -> Done.getInstance());
  }
}
