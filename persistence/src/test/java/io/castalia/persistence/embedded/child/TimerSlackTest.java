package io.castalia.persistence.embedded.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class TimerSlackTest {

  private record Seen(boolean set, String ofItself, String ofItsChild) {}

  @Test
  void shouldHoldForAThreadAndThoseThatItStarts() {
    String before = nanos();

    Seen seen =
        inAnotherThread(
            () ->
                new Seen(
                    TimerSlack.set(Duration.ofNanos(123_000)),
                    nanos(),
                    inAnotherThread(TimerSlackTest::nanos)));

    assertThat(seen).isEqualTo(new Seen(true, "123000", "123000"));
    assertThat(nanos()).isEqualTo(before);
  }

  private static <T> T inAnotherThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, run -> new Thread(run).start()).join();
  }

  private static String nanos() {
    try {
      return Files.readString(TimerSlack.file()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
