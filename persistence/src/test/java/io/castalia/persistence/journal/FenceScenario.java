package io.castalia.persistence.journal;

import io.castalia.persistence.journal.Interleavings.Scenario;
import io.castalia.persistence.journal.Interleavings.Stage;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.StoreFaults;
import io.castalia.persistence.store.StoreOperation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The ways in which nodes meet over a log. */
enum FenceScenario implements Scenario {
  /** The owner appends while another takes the log. */
  TAKEOVER {
    @Override
    public List<GatedNode> begin(Stage stage) {
      return takeover(stage, false);
    }
  },

  /** The same, and the owner is said to be down. */
  TAKEOVER_FROM_A_DOWNED_NODE {
    @Override
    public List<GatedNode> begin(Stage stage) {
      return takeover(stage, true);
    }
  },

  /**
   * The owner of two logs appends to one, while another takes the other first and then this one.
   */
  TAKEOVER_OF_TWO_LOGS_FROM_A_DOWNED_NODE {
    @Override
    public List<GatedNode> begin(Stage stage) {
      AcknowledgedEvents first = stage.log();
      AcknowledgedEvents second = stage.log();
      GatedNode owner = ownerOf(stage, first, second);
      GatedNode other = stage.node();
      other.node().journal.declareDown(owner.node().journal.writer());
      owner.begin(node -> stage.append(node, second, 2, "owner"));
      other.begin(
          node ->
              node.recover(first.log()).thenCompose(end -> stage.takeOver(node, second, "other")));
      return List.of(owner, other);
    }
  },

  /** The owner appends to two logs at the same time, while another takes one. */
  TAKEOVER_WHILE_A_VERIFICATION_IS_SHARED {
    @Override
    public List<GatedNode> begin(Stage stage) {
      AcknowledgedEvents first = stage.log();
      AcknowledgedEvents second = stage.log();
      GatedNode owner = ownerOf(stage, first, second);
      GatedNode other = stage.node();
      owner.begin(
          node ->
              CompletableFuture.allOf(
                  stage.append(node, first, 2, "owner"), stage.append(node, second, 2, "owner")));
      other.begin(node -> node.recover(second.log()));
      return List.of(owner, other);
    }
  },

  /** The owner has died with a write under way, and two take its log. */
  TWO_TAKEOVERS_FROM_A_DEAD_NODE {
    @Override
    public List<GatedNode> begin(Stage stage) {
      AcknowledgedEvents log = stage.log();
      GatedNode owner = ownerOf(stage, log);
      HeldCall write =
          owner.node().store.faults().hold(StoreFaults.any(StoreOperation.WRITE_ENTRY));
      var unused = owner.node().append(log.log(), 2, "unacknowledged");
      NodesContract.apply(write);
      GatedNode first = stage.node();
      GatedNode second = stage.node();
      second.node().journal.declareDown(owner.node().journal.writer());
      first.begin(node -> stage.takeOver(node, log, "first"));
      second.begin(node -> stage.takeOver(node, log, "second"));
      return List.of(first, second);
    }
  },

  /** Both say that the other is down, and take the log from each other. */
  MUTUAL_TAKEOVER {
    @Override
    public List<GatedNode> begin(Stage stage) {
      AcknowledgedEvents log = stage.log();
      GatedNode owner = ownerOf(stage, log);
      GatedNode other = stage.node();
      other.node().journal.declareDown(owner.node().journal.writer());
      owner.node().journal.declareDown(other.node().journal.writer());
      owner.begin(
          node ->
              stage
                  .append(node, log, 2, "owner")
                  .exceptionallyCompose(fenced -> stage.takeOver(node, log, "owner again")));
      other.begin(node -> stage.takeOver(node, log, "other"));
      return List.of(owner, other);
    }
  };

  private static List<GatedNode> takeover(Stage stage, boolean down) {
    AcknowledgedEvents log = stage.log();
    GatedNode owner = ownerOf(stage, log);
    GatedNode other = stage.node();
    if (down) {
      other.node().journal.declareDown(owner.node().journal.writer());
    }
    owner.begin(
        node ->
            stage
                .append(node, log, 2, "owner 2")
                .thenCompose(next -> stage.append(node, log, next, "owner 3")));
    other.begin(node -> stage.takeOver(node, log, "other"));
    return List.of(owner, other);
  }

  private static GatedNode ownerOf(Stage stage, AcknowledgedEvents... logs) {
    GatedNode owner = stage.node();
    for (AcknowledgedEvents log : logs) {
      NodesContract.done(stage.takeOver(owner.node(), log, "begin"));
    }
    return owner;
  }
}
