package io.castalia.streams.connect;

/**
 * A connector's configuration is wrong; the message names the key, what was expected, what came.
 */
public final class ConnectorConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConnectorConfigException(String message) {
    super(message);
  }
}
