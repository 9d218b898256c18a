package io.castalia.node.cli;

/** A command could not do its work; the message is for the user, in one line. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
