package io.castalia.node.cli;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in one line for a person. */
final class FailureText {
  private FailureText() {}

  static String of(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof TimeoutException) {
      return "the node did not answer in time (" + oneLine(cause.getMessage()) + ")";
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "no such topic or partition (" + oneLine(cause.getMessage()) + ")";
    }
    String message = oneLine(cause.getMessage());
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }

  /** What a failed stage, future or client call failed with. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wraps = failure instanceof ExecutionException || failure instanceof CompletionException;
    return wraps && cause != null ? unwrap(cause) : failure;
  }

  static String oneLine(@Nullable String text) {
    return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
