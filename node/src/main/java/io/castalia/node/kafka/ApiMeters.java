package io.castalia.node.kafka;

import io.castalia.persistence.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** What is measured of the requests of one API. Thread-safe. */
final class ApiMeters {
  private final MeterRegistry registry;
  private final String api;
  private final Timer duration;
  private final Counter received;
  private final Counter sent;

  /** Made when they occur: there are more than a hundred codes, and few of them ever occur. */
  private final Map<Errors, Counter> errors = new ConcurrentHashMap<>();

  ApiMeters(ApiKeys key, MeterRegistry registry) {
    this.registry = registry;
    this.api = key.name;
    this.duration =
        Meters.histogram(
                "castalia.kafka.request.duration",
                "Time from when a request was read until its answer was made")
            .tag("api", api)
            .register(registry);
    this.received = bytes("castalia.kafka.received", "Requests, with their lengths");
    this.sent = bytes("castalia.kafka.sent", "Responses, with their lengths");
  }

  private Counter bytes(String name, String description) {
    return Counter.builder(name)
        .description(description)
        .baseUnit("bytes")
        .tag("api", api)
        .register(registry);
  }

  void received(int bytes) {
    received.increment(bytes);
  }

  /**
   * A request has been dealt with.
   *
   * @param begun when it had been read, by {@link System#nanoTime}
   * @param bytes of its response, 0 where there is none
   */
  void answered(long begun, int bytes) {
    duration.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    sent.increment(bytes);
  }

  /**
   * Counts the errors of an answer.
   *
   * @param counts how often each code is in it, {@link Errors#NONE} among them
   */
  void errors(Map<Errors, Integer> counts) {
    counts.forEach(
        (error, count) -> {
          if (error != Errors.NONE) {
            errors.computeIfAbsent(error, this::counter).increment(count);
          }
        });
  }

  private Counter counter(Errors error) {
    return Counter.builder("castalia.kafka.errors")
        .description("Error codes in answers, one for each partition or other thing that has one")
        .tag("api", api)
        .tag("error", error.name())
        .register(registry);
  }
}
