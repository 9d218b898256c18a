package io.castalia.node;

/** The configuration is wrong; the message is for the operator and names the key. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }
}
