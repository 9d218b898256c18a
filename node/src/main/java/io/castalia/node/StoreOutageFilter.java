package io.castalia.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.castalia.persistence.StoreUnavailableException;

/**
 * Keeps out of the log what failed because the store is away. The journal says once that it is, and
 * once that it is back; without this each partition, group and request would say so too.
 */
public final class StoreOutageFilter extends Filter<ILoggingEvent> {
  private static final String CAUSE = StoreUnavailableException.class.getName();

  /** What a command says when it fails, such as a node that cannot start. */
  private static final String COMMANDS = "io.castalia.node.cli";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (event.getLoggerName().startsWith(COMMANDS)) {
      return FilterReply.NEUTRAL;
    }
    for (IThrowableProxy failure = event.getThrowableProxy();
        failure != null;
        failure = failure.getCause()) {
      if (failure.getClassName().equals(CAUSE)) {
        return FilterReply.DENY;
      }
    }
    return FilterReply.NEUTRAL;
  }
}
