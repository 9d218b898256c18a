package io.castalia.node.crash;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * A TCP connection to where another node's remoting listens, on which nothing is said. The
 * operating system of that node ends it when the process ends, however that came about.
 */
final class PeerLine {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final UniqueKillSwitch hold;
  private final CompletionStage<Done> opened;
  private final CompletionStage<Done> ended;

  private PeerLine(
      UniqueKillSwitch hold, CompletionStage<Done> opened, CompletionStage<Done> ended) {
    this.hold = hold;
    this.opened = opened;
    this.ended = ended;
  }

  /** Connects. */
  static PeerLine open(ActorSystem<?> system, Address address) {
    InetSocketAddress remote =
        new InetSocketAddress(address.getHost().orElseThrow(), address.getPort().orElseThrow());
    Pair<Pair<UniqueKillSwitch, CompletionStage<Tcp.OutgoingConnection>>, CompletionStage<Done>>
        line =
            Source.<ByteString>maybe()
                .viaMat(KillSwitches.single(), Keep.right())
                .viaMat(
                    Tcp.get(system)
                        .outgoingConnection(
                            remote,
                            Optional.empty(),
                            List.of(),
                            false,
                            Optional.of(CONNECT_TIMEOUT),
                            Optional.empty()),
                    Keep.both())
                .toMat(Sink.ignore(), Keep.both())
                .run(system);
    return new PeerLine(
        line.first().first(), line.first().second().thenApply(c -> Done.done()), line.second());
  }

  /** Completes when the node has taken the connection; fails if it does not. */
  CompletionStage<Done> opened() {
    return opened;
  }

  /** Completes or fails when there is no connection, or none any more. */
  CompletionStage<Done> ended() {
    return ended;
  }

  /** Gives the connection up. */
  void close() {
    hold.shutdown();
  }

  /** Whether a connection could not be made because nothing listens there, for certain. */
  static boolean isRefusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }
}
