package io.castalia.persistence.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes every sequence of choices that a scenario offers, one run after the other. */
final class Choices {
  private final List<Choice> path = new ArrayList<>();
  private int made;

  private Choices() {}

  private record Choice(int taken, int options) {}

  /** Runs the scenario until every choice has been made either way; tells how many runs it took. */
  static int explore(Consumer<Choices> scenario) {
    Choices choices = new Choices();
    int runs = 0;
    do {
      choices.made = 0;
      scenario.accept(choices);
      runs++;
    } while (choices.next());
    return runs;
  }

  /** One of so many options, from 0 on. */
  int among(int options) {
    // A real store may take a turn that it did not take before; what follows is then chosen anew.
    if (made < path.size() && path.get(made).options() != options) {
      path.subList(made, path.size()).clear();
    }
    if (made == path.size()) {
      path.add(new Choice(0, options));
    }
    return path.get(made++).taken();
  }

  private boolean next() {
    path.subList(made, path.size()).clear();
    while (!path.isEmpty()) {
      Choice last = path.remove(path.size() - 1);
      if (last.taken() + 1 < last.options()) {
        path.add(new Choice(last.taken() + 1, last.options()));
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return path.stream().map(each -> String.valueOf(each.taken())).toList().toString();
  }
}
