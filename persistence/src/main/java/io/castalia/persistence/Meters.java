package io.castalia.persistence;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/**
 * Where the meters of an actor system are: of this one alone, however many run in the process. Who
 * has something to measure asks for the registry when it starts, and keeps its meters.
 */
public final class Meters implements Extension {
  private static final Id ID = new Id();

  /** Bounds of the buckets of all histograms: few, since each is a time series. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(20)
  };

  private final MeterRegistry registry;

  private Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * The registry of this actor system: that of its {@link MetersSetup}, or else one in which
   * nothing is counted until the application adds a registry of its own.
   */
  public static MeterRegistry registry(ClassicActorSystemProvider system) {
    return ID.get(system).registry;
  }

  /** A timer that is exported as a histogram in seconds. */
  public static Timer.Builder histogram(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
  }

  private static final class Id extends AbstractExtensionId<Meters> {
    @Override
    public Meters createExtension(ExtendedActorSystem system) {
      return new Meters(
          system
              .settings()
              .setup()
              .get(MetersSetup.class)
              .map(MetersSetup::registry)
              .orElseGet(CompositeMeterRegistry::new));
    }
  }
}
