package io.castalia.actors.fence;

import io.castalia.persistence.FencedException;
import io.castalia.persistence.WriterFenced;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A persistent actor whose log has been taken fails with a {@link FencedException}; whoever watches
 * or supervises it decides whether and when it comes back, with nothing but what the log tells it
 * then. Until it does, it acknowledges nothing: the journal sees to that, whatever the actor knows.
 */
public final class Fencing {
  private Fencing() {}

  /**
   * Makes a persistent actor fail, with all that it has begun, as soon as the node's writer is
   * found fenced as a whole: also when it has nothing to write, and when it waits for the journal.
   */
  public static <T> Behavior<T> watch(Behavior<T> persistent) {
    return Behaviors.<Object, T>intercept(WriterWatch::new, persistent).narrow();
  }

  /**
   * To be called with the reason for which a write failed.
   *
   * @throws FencedException if it is that another has taken the log
   */
  public static void failIfFenced(Throwable reason) {
    if (isFenced(reason)) {
      throw new FencedException(String.valueOf(reason.getMessage()));
    }
  }

  /** Whether this comes of another having taken the log. */
  public static boolean isFenced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedException) {
        return true;
      }
    }
    return false;
  }

  static FencedException exception(WriterFenced told) {
    return new FencedException("writer " + told.writer() + " of this node is fenced");
  }
}
