package io.castalia.persistence.embedded;

/** The embedded Cassandra cannot start; the message says why and what to do. */
public final class EmbeddedCassandraException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedCassandraException(String message) {
    super(message);
  }

  EmbeddedCassandraException(String message, Throwable cause) {
    super(message, cause);
  }
}
