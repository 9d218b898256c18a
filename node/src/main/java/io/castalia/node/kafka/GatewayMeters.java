package io.castalia.node.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.protocol.ApiKeys;

/** What is measured of a gateway. Thread-safe. */
public final class GatewayMeters {
  private final MeterRegistry registry;
  private final Counter accepted;
  private final Counter closed;

  /** Of the APIs that were asked for. */
  private final Map<ApiKeys, ApiMeters> apis = new ConcurrentHashMap<>();

  GatewayMeters(MeterRegistry registry) {
    this.registry = registry;
    this.accepted =
        Counter.builder("castalia.kafka.connections.accepted")
            .description("Connections of Kafka clients, those that were closed at once among them")
            .register(registry);
    this.closed =
        Counter.builder("castalia.kafka.connections.refused")
            .description("Connections that the node closed, for a reason that its log says")
            .register(registry);
  }

  ApiMeters of(ApiKeys key) {
    return apis.computeIfAbsent(key, wanted -> new ApiMeters(wanted, registry));
  }

  void accepted() {
    accepted.increment();
  }

  void closed() {
    closed.increment();
  }

  void watch(ConnectionSlots slots) {
    Gauge.builder("castalia.kafka.connections", slots::open)
        .description("Open connections of Kafka clients")
        .register(registry);
  }

  /**
   * Shows a budget of the gateway.
   *
   * @param name what the memory is for
   */
  public static void watch(MeterRegistry registry, String name, ByteBudget budget) {
    Gauge.builder("castalia.kafka.memory.used", budget::used)
        .description("Memory that is leased")
        .baseUnit("bytes")
        .tag("memory", name)
        .register(registry);
    Gauge.builder("castalia.kafka.memory.limit", budget::limit)
        .description("Memory that there is to lease")
        .baseUnit("bytes")
        .tag("memory", name)
        .register(registry);
    Gauge.builder("castalia.kafka.memory.waiting", budget::waiting)
        .description("Connections and requests that wait for memory")
        .tag("memory", name)
        .register(registry);
  }
}
