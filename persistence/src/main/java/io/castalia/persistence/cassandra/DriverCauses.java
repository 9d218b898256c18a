package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies beneath an exception of the driver: causes, suppressed ones, those of each node. */
final class DriverCauses {
  private static final int MAX_DEPTH = 16;

  private DriverCauses() {}

  /** The first cause of this type, whichever node it comes from. */
  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return all(failure, MAX_DEPTH).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** What began it all, in a few words. */
  static String rootText(Throwable failure) {
    Throwable root = all(failure, MAX_DEPTH).reduce((first, second) -> second).orElse(failure);
    String message = root.getMessage();
    return message == null || message.isEmpty() ? root.getClass().getSimpleName() : message;
  }

  private static Stream<Throwable> all(Throwable failure, int depth) {
    if (depth == 0) {
      return Stream.empty();
    }
    return Stream.concat(Stream.of(failure), next(failure).flatMap(cause -> all(cause, depth - 1)));
  }

  private static Stream<Throwable> next(Throwable failure) {
    return failure instanceof AllNodesFailedException nodes
        ? nodes.getAllErrors().values().stream().flatMap(List::stream)
        : Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()));
  }
}
