package io.castalia.persistence.journal;

import static org.awaitility.Awaitility.await;

import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ScriptedLogStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A node that does something step by step: each of its calls to the store waits to be applied, and
 * then to be answered.
 */
final class GatedNode {
  /** More calls than a node has under way at a time. */
  private static final int GATES = 4;

  private final TestNode node;
  private final List<HeldCall> gates = new ArrayList<>();
  private final Set<HeldCall> applied = new HashSet<>();
  private CompletableFuture<?> program = CompletableFuture.completedFuture("nothing");

  /**
   * A node whose gates are open until it begins.
   *
   * @param mutation what the node's journal sees in place of the store
   */
  GatedNode(LogStore store, UnaryOperator<LogStore> mutation) {
    this.node = new TestNode(new ScriptedLogStore(store), mutation);
  }

  TestNode node() {
    return node;
  }

  /** Closes the gates and begins. */
  void begin(Function<TestNode, CompletableFuture<?>> steps) {
    for (int i = 0; i < GATES; i++) {
      gates.add(node.store.faults().hold(call -> true));
    }
    program = steps.apply(node);
  }

  /** Waits until the node has ended or is stopped by a gate; tells the calls that wait. */
  List<HeldCall> waiting() {
    if (arrived().isEmpty() && !program.isDone()) {
      await()
          .atMost(NodesContract.LIMIT)
          .until(
              () -> {
                node.letTimePass();
                return program.isDone() || !arrived().isEmpty();
              });
    }
    return arrived();
  }

  /** Takes a call that waits one step further. */
  void step(HeldCall call) {
    if (applied.add(call)) {
      NodesContract.done(call.apply());
    } else {
      gates.remove(call);
      gates.add(node.store.faults().hold(next -> true));
      call.release();
    }
  }

  private List<HeldCall> arrived() {
    return gates.stream().filter(gate -> gate.arrived().toCompletableFuture().isDone()).toList();
  }
}
