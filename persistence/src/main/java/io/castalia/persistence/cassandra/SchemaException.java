package io.castalia.persistence.cassandra;

/** The keyspace does not have the tables that this version needs. Not worth a retry. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaException(String message) {
    super(message);
  }
}
