package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import io.castalia.persistence.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreOutageFilterTest {
  private final LoggerContext context = new LoggerContext();
  private final StoreOutageFilter filter = new StoreOutageFilter();

  @Test
  void shouldKeepOutWhatFailedBecauseTheStoreIsAway() {
    Throwable away = new StoreUnavailableException("Cassandra did not write an entry");

    assertThat(reply("org.apache.pekko", away)).isEqualTo(FilterReply.DENY);
    assertThat(reply("org.apache.pekko", new IllegalStateException("no journal", away)))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void shouldLetThroughEverythingElse() {
    assertThat(reply("org.apache.pekko", null)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(reply("org.apache.pekko", new IllegalStateException("broken")))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  @Test
  void shouldLetThroughWhyACommandFailed() {
    assertThat(reply("io.castalia.node.cli.StartCommand", new StoreUnavailableException("away")))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  private FilterReply reply(String loggerName, @Nullable Throwable failure) {
    Logger logger = context.getLogger(loggerName);
    return filter.decide(new LoggingEvent("", logger, Level.ERROR, "it failed", failure, null));
  }
}
