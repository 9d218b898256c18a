package io.castalia.node.kafka.admin;

import io.castalia.actors.topic.TopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** The error message of a response: null on success, and never empty otherwise. */
final class ErrorText {
  private ErrorText() {}

  static @Nullable String of(TopicResult answer) {
    return of(answer.error(), answer.message());
  }

  static @Nullable String of(Errors error, String message) {
    if (error == Errors.NONE) {
      return null;
    }
    return message.isEmpty() ? error.message() : message;
  }
}
