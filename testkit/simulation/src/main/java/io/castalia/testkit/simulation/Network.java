package io.castalia.testkit.simulation;

import java.util.SplittableRandom;

/** Ways between places, on which messages are late, overtake each other, and get lost. */
public final class Network {
  private static final double MEAN_DELAY_NANOS = 4_000_000;
  private static final double STALLED = 80;
  private static final double[] LOSSES = {0, 0.02, 0.1};
  private static final double[] STALLS = {0.01, 0.05, 0.2};

  private final Simulation simulation;
  private final SplittableRandom random;
  private double loss;
  private double stall;

  /** A network that is as bad as the seed has it. */
  public Network(Simulation simulation) {
    this.simulation = simulation;
    this.random = simulation.random();
    this.loss = LOSSES[random.nextInt(LOSSES.length)];
    this.stall = STALLS[random.nextInt(STALLS.length)];
  }

  /** Sends a message, which arrives sometime, or never. */
  public void send(Place to, Runnable arrival) {
    if (random.nextDouble() >= loss) {
      simulation.schedule(to, delay(), arrival);
    }
  }

  /** From now on nothing is lost, or later than usual. */
  public void heal() {
    loss = 0;
    stall = 0;
  }

  private long delay() {
    double mean = random.nextDouble() < stall ? STALLED * MEAN_DELAY_NANOS : MEAN_DELAY_NANOS;
    return (long) (-Math.log(1 - random.nextDouble()) * mean);
  }
}
