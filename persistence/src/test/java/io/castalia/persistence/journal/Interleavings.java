package io.castalia.persistence.journal;

import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.LogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/**
 * Takes nodes that fight for logs through their calls to the store one by one, in every order.
 * Calls are applied and answered in separate steps: what a node does next, and what the others see,
 * are two things.
 */
final class Interleavings {
  private final LogStore store;
  private final UnaryOperator<LogStore> mutation;
  private final int maxSwitches;

  /**
   * Interleavings on a store.
   *
   * @param mutation what the nodes see in place of the store
   * @param maxSwitches how often something else may come before what could go on
   */
  Interleavings(LogStore store, UnaryOperator<LogStore> mutation, int maxSwitches) {
    this.store = store;
    this.mutation = mutation;
    this.maxSwitches = maxSwitches;
  }

  /** Something that several nodes do at the same time. */
  interface Scenario {
    /** Prepares the nodes and has them begin. */
    List<GatedNode> begin(Stage stage);
  }

  /**
   * What came of it.
   *
   * @param runs how many orders there are
   * @param acknowledged how many events were acknowledged in all of them
   * @param violations what is wrong, in the first order in which something is
   */
  record Outcome(int runs, long acknowledged, List<String> violations) {}

  /** Tries all orders, or those up to the first that shows a violation. */
  Outcome explore(Scenario scenario) {
    List<String> violations = new ArrayList<>();
    long[] acknowledged = {0};
    int runs =
        Choices.explore(
            choices -> {
              if (violations.isEmpty()) {
                Stage stage = new Stage();
                violations.addAll(run(choices, scenario, stage));
                acknowledged[0] += stage.acknowledged();
              }
            });
    return new Outcome(runs, acknowledged[0], violations);
  }

  private List<String> run(Choices choices, Scenario scenario, Stage stage) {
    try {
      run(choices, scenario.begin(stage));
      return stage.violations().stream().map(each -> each + ", in " + choices).toList();
    } catch (CompletionException refused) {
      // A row that is there with other content already.
      return List.of(refused.getCause() + ", in " + choices);
    }
  }

  private void run(Choices choices, List<GatedNode> nodes) {
    int switches = 0;
    List<Step> steps = steps(nodes);
    List<Step> onward = steps;
    while (!steps.isEmpty()) {
      boolean mustGoOn = switches == maxSwitches && !onward.isEmpty();
      List<Step> options = mustGoOn ? onward : steps;
      Step step = options.get(choices.among(options.size()));
      switches += onward.isEmpty() || onward.contains(step) ? 0 : 1;
      step.node().step(step.call());
      steps = steps(nodes);
      onward = onward(step, steps);
    }
  }

  private static List<Step> steps(List<GatedNode> nodes) {
    return nodes.stream()
        .flatMap(node -> node.waiting().stream().map(call -> new Step(node, call)))
        .toList();
  }

  /** What follows a step when nothing comes between: the answer to a call, then the next call. */
  private static List<Step> onward(Step last, List<Step> steps) {
    return steps.contains(last)
        ? List.of(last)
        : steps.stream().filter(step -> step.node() == last.node()).toList();
  }

  private record Step(GatedNode node, HeldCall call) {}

  /** Nodes and logs of one run, with what has been acknowledged. */
  final class Stage {
    private final String prefix = UUID.randomUUID() + "-";
    private final List<AcknowledgedEvents> logs = new ArrayList<>();

    GatedNode node() {
      return new GatedNode(store, mutation);
    }

    AcknowledgedEvents log() {
      AcknowledgedEvents log = new AcknowledgedEvents(prefix + logs.size());
      logs.add(log);
      return log;
    }

    /** Appends, and notes the acknowledgement when it comes. */
    CompletableFuture<Long> append(
        TestNode node, AcknowledgedEvents log, long sequence, String text) {
      return node.append(log.log(), sequence, text)
          .thenApply(
              done -> {
                log.add(sequence, text);
                return sequence + 1;
              });
    }

    /** Takes a log over and appends to it. */
    CompletableFuture<Long> takeOver(TestNode node, AcknowledgedEvents log, String text) {
      return node.recover(log.log()).thenCompose(end -> append(node, log, end + 1, text));
    }

    private long acknowledged() {
      return logs.stream().mapToLong(AcknowledgedEvents::count).sum();
    }

    /** As a node finds that comes last. */
    private List<String> violations() {
      TestNode last = new GatedNode(store, same -> same).node();
      List<String> wrong = new ArrayList<>();
      for (AcknowledgedEvents log : logs) {
        NodesContract.done(last.recover(log.log()));
        wrong.addAll(log.violations(last.events(log.log()), 0));
      }
      return wrong;
    }
  }
}
