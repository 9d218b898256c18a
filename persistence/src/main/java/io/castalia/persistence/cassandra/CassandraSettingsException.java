package io.castalia.persistence.cassandra;

/**
 * The settings do not fit the Cassandra that they lead to. Not worth a retry; the message says what
 * was expected, what came, and which key to change.
 */
public final class CassandraSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CassandraSettingsException(String message) {
    super(message);
  }

  CassandraSettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
