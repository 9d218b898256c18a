package io.castalia.persistence;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.setup.Setup;

/**
 * Tells an actor system when its store can be reached, where that is not so from the beginning: for
 * a database that is still starting. If the stage fails, the store cannot be opened for that
 * reason.
 */
public final class StoreSetup extends Setup {
  private final CompletionStage<Done> reachable;

  public StoreSetup(CompletionStage<Done> reachable) {
    this.reachable = reachable;
  }

  /** Completes when the store can be reached. */
  public CompletionStage<Done> reachable() {
    return reachable;
  }
}
