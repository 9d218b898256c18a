package io.castalia.node.kafka;

import io.castalia.persistence.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.Inet;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BackpressureTimeoutException;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.scaladsl.TcpAttributes;
import org.apache.pekko.stream.scaladsl.TcpIdleTimeoutException;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for Kafka clients: one stream per connection, from bytes to bytes. */
public final class KafkaGateway {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaGateway.class);

  private final ActorSystem<?> system;
  private final GatewaySettings settings;
  private final ByteBudget requestMemory;
  private final ByteBudget parsedMemory;
  private final GatewayMeters meters;
  private final Connection.Shared shared;
  private final ConnectionSlots slots;
  private final AtomicLong connectionCount = new AtomicLong();
  private final Map<String, CompletableFuture<Done>> open = new ConcurrentHashMap<>();
  private final SharedKillSwitch noMoreRequests = KillSwitches.shared("kafka-requests");
  private final SharedKillSwitch atOnce = KillSwitches.shared("kafka-connections");

  private KafkaGateway(ActorSystem<?> system, GatewaySettings settings, ApiTable table) {
    this.system = system;
    this.settings = settings;
    this.requestMemory = new ByteBudget(settings.requestMemory());
    this.parsedMemory = new ByteBudget(settings.parsedMemory());
    ByteBudget answerMemory = new ByteBudget(settings.answerMemory());
    MeterRegistry registry = Meters.registry(system);
    this.meters = new GatewayMeters(registry);
    this.shared = new Connection.Shared(table, answerMemory, meters);
    this.slots =
        new ConnectionSlots(settings.connections().max(), settings.connections().maxPerAddress());
    meters.watch(slots);
    GatewayMeters.watch(registry, "requests", requestMemory);
    GatewayMeters.watch(registry, "parsed-requests", parsedMemory);
    GatewayMeters.watch(registry, "answers", answerMemory);
  }

  /** Binds to the address of the settings. Fails if it cannot be had. */
  public static CompletionStage<GatewayBinding> bind(
      ActorSystem<?> system, GatewaySettings settings, ApiTable table) {
    return new KafkaGateway(system, settings, table).bind();
  }

  private CompletionStage<GatewayBinding> bind() {
    Pair<CompletionStage<Tcp.ServerBinding>, CompletionStage<Done>> running =
        Tcp.get(system)
            .bind(
                settings.host(),
                settings.port(),
                settings.connections().backlog(),
                socketOptions(),
                true,
                Optional.of(settings.connections().idleTimeout()))
            .toMat(Sink.foreach(this::accept), Keep.both())
            .run(system);
    var unused = running.second().whenComplete((done, failure) -> logStop(failure));
    return running
        .first()
        .thenApply(binding -> new GatewayBinding(binding, noMoreRequests, atOnce, open));
  }

  private List<Inet.SocketOption> socketOptions() {
    List<Inet.SocketOption> options = new ArrayList<>();
    options.add(TcpSO.tcpNoDelay(true));
    if (settings.connections().sendBuffer() > 0) {
      options.add(TcpSO.sendBufferSize(settings.connections().sendBuffer()));
    }
    if (settings.connections().receiveBuffer() > 0) {
      options.add(TcpSO.receiveBufferSize(settings.connections().receiveBuffer()));
    }
    return options;
  }

  private void accept(Tcp.IncomingConnection incoming) {
    InetSocketAddress client = incoming.remoteAddress();
    String id = Long.toString(connectionCount.incrementAndGet());
    Refusals refusals =
        new Refusals(id, client.getAddress().getHostAddress() + ":" + client.getPort(), meters);
    meters.accepted();
    slots
        .take(client.getAddress())
        .ifPresentOrElse(
            reason -> {
              refusals.closing(reason);
              incoming.handleWith(Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), system);
            },
            () -> serve(incoming, id, refusals));
  }

  private void serve(Tcp.IncomingConnection incoming, String id, Refusals refusals) {
    InetSocketAddress client = incoming.remoteAddress();
    Connection connection = new Connection(id, client, shared, refusals);
    CompletableFuture<Done> ended = new CompletableFuture<>();
    open.put(id, ended);
    // With a write buffer of one byte (the least there is) the socket asks for the next response
    // only when the kernel has the one before: that is when its memory is given back.
    Flow<ByteString, ByteString, NotUsed> socket =
        incoming.flow().addAttributes(TcpAttributes.tcpWriteBufferSize(1));
    var unused =
        socket
            .joinMat(requests(connection, refusals), Keep.right())
            .run(system)
            .whenComplete(
                (done, failure) -> {
                  // Before anybody can see what the end gives back.
                  logEnd(refusals, failure);
                  connection.terminated();
                  slots.giveBack(client.getAddress());
                  open.remove(id);
                  ended.complete(Done.getInstance());
                });
  }

  private Flow<ByteString, ByteString, CompletionStage<Done>> requests(
      Connection connection, Refusals refusals) {
    GatewaySettings.ConnectionSettings limits = settings.connections();
    FrameMemory memory =
        new FrameMemory(new ByteBudget(limits.memory()), requestMemory, parsedMemory);
    return Flow.fromGraph(
            new FrameStage(memory, settings.requestSizes(), limits.frameTimeout(), refusals))
        .via(noMoreRequests.flow())
        .mapAsync(limits.inFlight(), connection::handle)
        .via(new ResponseStage())
        .backpressureTimeout(limits.writeTimeout())
        .via(atOnce.flow())
        .watchTermination(Keep.right());
  }

  private static void logStop(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("Expected to go on listening for Kafka clients, but it failed", failure);
    }
  }

  private static void logEnd(Refusals refusals, @Nullable Throwable failure) {
    if (failure instanceof BackpressureTimeoutException) {
      refusals.closing("expected it to take a response in time, but it did not");
    } else if (failure != null && !(failure instanceof TcpIdleTimeoutException)) {
      LOG.debug("Connection \"{}\" failed", refusals.connectionId(), failure);
    }
  }
}
