package io.castalia.bench.visits;

import io.castalia.bench.applications.VisitsApplication;
import io.castalia.bench.server.ServerProcess;
import io.castalia.bench.streams.CastaliaPlatform;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The members that run the join, and what becomes of them. */
final class Members implements AutoCloseable {
  private static final String HEAP = "256m";

  private final CastaliaPlatform platform;
  private final int usual;
  private final Random random;
  private final PrintStream progress;
  private final List<ServerProcess> running = new ArrayList<>();
  private int kills;
  private int leaves;
  private int joins;

  /**
   * Starts as many as there are to be usually.
   *
   * @param random says what happens next
   */
  Members(CastaliaPlatform platform, int usual, Random random, PrintStream progress) {
    this.platform = platform;
    this.usual = usual;
    this.random = random;
    this.progress = progress;
    restore();
  }

  /**
   * Kills one, or has one leave; or has one more come. The next one comes when this is done again.
   */
  void disturb() {
    if (running.size() < usual || (running.size() == usual && random.nextInt(3) == 0)) {
      join();
    } else if (random.nextBoolean()) {
      take().kill();
      kills++;
      say("killed");
    } else {
      take().stop();
      leaves++;
      say("left");
    }
  }

  private ServerProcess take() {
    return running.remove(random.nextInt(running.size()));
  }

  private void join() {
    running.add(platform.launch(VisitsApplication.class.getName(), List.of(), HEAP));
    joins++;
    say("came");
  }

  /** Has as many as usual. */
  void restore() {
    while (running.size() < usual) {
      join();
    }
  }

  private void say(String what) {
    progress.printf("  one %s, there are %d%n", what, running.size());
    progress.flush();
  }

  @Override
  public String toString() {
    return "%d kills, %d leaves, %d joins".formatted(kills, leaves, joins);
  }

  @Override
  public void close() {
    running.forEach(ServerProcess::kill);
  }
}
