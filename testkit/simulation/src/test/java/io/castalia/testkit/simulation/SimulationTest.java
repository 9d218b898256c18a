package io.castalia.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Simulation simulation = new Simulation(7);
  private final Place node = simulation.place("node");
  private final List<String> happened = new ArrayList<>();

  @Test
  void shouldRunASeedTheSameWayAgain() {
    assertThat(arrivals(3)).isEqualTo(arrivals(3)).isNotEqualTo(arrivals(4));
  }

  @Test
  void shouldKeepTheOrderOfWhatIsDueAtTheSameTime() {
    Deadlines deadlines = simulation.deadlines(Duration.ofMillis(5));
    deadlines.begin(node, () -> happened.add("first"));
    node.after(Duration.ofMillis(5), () -> happened.add("second"));
    deadlines.begin(node, () -> happened.add("third"));
    node.after(Duration.ofMillis(4), () -> happened.add("before"));

    simulation.run(LONG);

    assertThat(happened).containsExactly("before", "first", "second", "third");
    assertThat(simulation.now()).isEqualTo(LONG.toNanos());
  }

  @Test
  void shouldDoWhatWasDueWhileAPlaceWasFrozenWhenItThaws() {
    node.after(Duration.ofMillis(1), () -> happened.add("frozen at " + simulation.now()));
    simulation.place("other").after(Duration.ofMillis(2), () -> happened.add("other"));
    node.freeze(Duration.ofMillis(3));

    simulation.run(LONG);

    assertThat(happened).containsExactly("other", "frozen at 3000000");
  }

  @Test
  void shouldDoNothingAtAPlaceThatWasKilled() {
    node.after(Duration.ofMillis(1), () -> happened.add("too late"));
    node.kill();

    simulation.run(LONG);

    assertThat(happened).isEmpty();
  }

  @Test
  void shouldCheckAfterEachStep() {
    simulation.always(() -> assertThat(happened).hasSizeLessThan(2));
    node.after(Duration.ofMillis(1), () -> happened.add("one"));
    node.after(Duration.ofMillis(2), () -> happened.add("two"));
    node.after(Duration.ofMillis(3), () -> happened.add("three"));

    assertThatThrownBy(() -> simulation.run(LONG)).isInstanceOf(AssertionError.class);

    assertThat(happened).containsExactly("one", "two");
  }

  private static List<String> arrivals(long seed) {
    Simulation world = new Simulation(seed);
    Network network = new Network(world);
    Place there = world.place("there");
    List<String> arrived = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      network.send(there, () -> arrived.add(number + " at " + world.now()));
    }
    world.run(LONG);
    return arrived;
  }
}
