package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import io.castalia.persistence.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads the driver's failures once: whatever may pass by itself is {@link
 * StoreUnavailableException}; a wrong schema, statement or password is rethrown as it is.
 */
final class StoreFailures {
  private StoreFailures() {}

  /** Runs the operation; whatever it throws or fails with comes back in the stage, mapped. */
  static <T> CompletionStage<T> mapped(Supplier<CompletionStage<T>> operation, String what) {
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletionStage<T> stage;
    try {
      stage = operation.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(map(e, what));
    }
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(map(failure, what));
          }
        });
    return result;
  }

  private static Throwable map(Throwable failure, String what) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return isPassing(cause)
        ? new StoreUnavailableException(
            "Cassandra did not " + what + ": " + cause.getMessage(), cause)
        : cause;
  }

  static boolean isPassing(Throwable failure) {
    if (failure instanceof AllNodesFailedException all) {
      return all.getAllErrors().values().stream()
          .flatMap(List::stream)
          .noneMatch(StoreFailures::isFinal);
    }
    // A request on a session that is being closed: the driver says so in no better way.
    boolean closed =
        failure instanceof IllegalStateException
            && String.valueOf(failure.getMessage()).contains("is closed");
    return closed || (failure instanceof DriverException && !isFinal(failure));
  }

  private static boolean isFinal(Throwable failure) {
    return failure instanceof QueryValidationException
        || failure instanceof AuthenticationException
        || failure instanceof UnsupportedProtocolVersionException
        || failure instanceof InvalidKeyspaceException
        || failure instanceof CodecNotFoundException;
  }
}
