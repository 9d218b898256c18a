package io.castalia.streams.processing.runtime;

/** An application was asked that has been stopped: there is no answer until it is started again. */
public final class ApplicationStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ApplicationStoppedException(String applicationId, String members) {
    super(
        "expected a member that runs \"%s\", but it has been stopped, on %s, and no other member has it"
            .formatted(applicationId, members));
  }
}
