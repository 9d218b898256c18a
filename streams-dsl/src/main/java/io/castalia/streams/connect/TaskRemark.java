package io.castalia.streams.connect;

import java.util.function.Supplier;

/** What people should know of a task though it has not failed. For use by many threads. */
public final class TaskRemark {
  private volatile Supplier<String> text = () -> "";

  /**
   * Says what a task's status is to say.
   *
   * @param now asked whenever the status is, by any thread; must not block; empty if there is
   *     nothing to say
   */
  public void is(Supplier<String> now) {
    text = now;
  }

  String text() {
    return text.get();
  }

  /** What comes first, if that is something. */
  String after(String other) {
    return other.isEmpty() ? text() : other;
  }
}
