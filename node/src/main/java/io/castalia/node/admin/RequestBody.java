package io.castalia.node.admin;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;

/** What a request brings, as text. */
final class RequestBody {
  private static final long TIMEOUT_MILLIS = 10_000;

  private RequestBody() {}

  /** The body is longer than it may be. */
  static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** To be answered with. */
    static final int CODE = 413;

    private TooLongException(int maxBytes) {
      super("expected a body of at most " + maxBytes + " bytes, but it was longer");
    }
  }

  /**
   * Reads the whole body.
   *
   * @return fails with {@link TooLongException} if it is longer than {@code maxBytes}
   */
  static CompletionStage<String> read(HttpRequest request, int maxBytes, ActorSystem<?> system) {
    return request
        .entity()
        .withSizeLimit(maxBytes)
        .toStrict(TIMEOUT_MILLIS, system)
        .handle(
            (body, failure) -> {
              if (failure == null) {
                return body.getData().utf8String();
              }
              Throwable cause =
                  failure instanceof CompletionException wrapper && wrapper.getCause() != null
                      ? wrapper.getCause()
                      : failure;
              throw cause instanceof EntityStreamSizeException
                  ? new TooLongException(maxBytes)
                  : new CompletionException(cause);
            });
  }
}
