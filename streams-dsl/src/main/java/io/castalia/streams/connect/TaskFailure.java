package io.castalia.streams.connect;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why a task's stream failed, for people. */
final class TaskFailure {
  private TaskFailure() {}

  static Throwable rootOf(Throwable failure) {
    boolean wraps = failure instanceof CompletionException || failure instanceof ExecutionException;
    return wraps && failure.getCause() != null ? rootOf(failure.getCause()) : failure;
  }

  static String text(Throwable failure) {
    Throwable root = rootOf(failure);
    return nameOf(root.getClass()) + ": " + root.getMessage();
  }

  /** A class without a name is told by what it is one of. */
  private static String nameOf(Class<?> kind) {
    return kind.isAnonymousClass() ? nameOf(kind.getSuperclass()) : kind.getSimpleName();
  }
}
