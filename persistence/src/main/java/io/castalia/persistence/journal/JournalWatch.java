package io.castalia.persistence.journal;

import io.castalia.persistence.LongWaits;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * Looks after what a journal waits for: ends calls that the store has left without an answer, and
 * says which logs have waited for long, and for what. A store that is not open yet has its time,
 * and what was asked of it until then, too. One thread at a time.
 */
public final class JournalWatch {
  /** How often to look. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private final LongWaits waits = new LongWaits("Logs that wait for the store");
  private final JournalGround ground;
  private final Collection<LogCell> logs;
  private volatile Optional<Long> opened = Optional.empty();

  /**
   * A watch that has not looked yet.
   *
   * @param logs those that the journal knows, as they are at any time
   */
  JournalWatch(JournalGround ground, Collection<LogCell> logs) {
    this.ground = ground;
    this.logs = logs;
    var unused =
        ground.store().opened().thenRun(() -> opened = Optional.of(ground.delays().nanoTime()));
  }

  /**
   * Looks once.
   *
   * @return a line for the log, if there is something to say
   */
  public Optional<String> look() {
    long now = ground.delays().nanoTime();
    long patience = ground.settings().giveUpAfter().toNanos();
    if (opened.filter(since -> now - since >= patience).isEmpty()) {
      return Optional.empty();
    }
    ground.calls().expire(now);
    return waits.line(logs.stream().flatMap(log -> log.waiting().stream()), now);
  }
}
