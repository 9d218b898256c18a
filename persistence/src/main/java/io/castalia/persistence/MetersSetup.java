package io.castalia.persistence;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.pekko.actor.setup.Setup;

/** Gives an actor system the registry of its {@link Meters}. */
public final class MetersSetup extends Setup {
  private final MeterRegistry registry;

  public MetersSetup(MeterRegistry registry) {
    this.registry = registry;
  }

  MeterRegistry registry() {
    return registry;
  }
}
