package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.Waiters.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitersTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Waiters waiters = new Waiters(10);
  private final List<String> woken = new ArrayList<>();

  @Test
  void shouldWakeWhoWaitsWhenItsBytesHaveCome() {
    add("small", 10, 100);
    add("large", 10, 150);

    waiters.committed(10, 11, 100);
    assertThat(woken).containsExactly("small");

    waiters.committed(11, 12, 50);
    assertThat(woken).containsExactly("small", "large");
  }

  @Test
  void shouldCountWhatAWaiterHasNotSeen() {
    waiters.committed(10, 11, 100);
    waiters.committed(11, 12, 50);

    add("saw neither", 10, 150);
    add("saw the first", 11, 51);

    assertThat(woken).containsExactly("saw neither");
  }

  @Test
  void shouldWakeWhoWaitsTwiceUnderOneName() {
    add("same", 10, 100);
    add("same", 10, 200);

    assertThat(woken).containsExactly("same");
  }

  @Test
  void shouldWakeAllWhenItIsClosedAndWhoComesAfterwards() {
    add("before", 10, 1);

    waiters.close();
    add("after", 10, 1);

    assertThat(woken).containsExactly("before", "after");
    assertThat(waiters.isEmpty(0)).isTrue();
  }

  /** One who saw the log's end before a record and asks after it must not wait for the next. */
  @Test
  void shouldMissNoRecordThatComesWhileSomebodyBeginsToWait() throws InterruptedException {
    int records = 20_000;
    Waiters many = new Waiters(0);
    AtomicLong end = new AtomicLong();
    CountDownLatch seen = new CountDownLatch(records);
    Thread reader = new Thread(() -> follow(many, end, records, seen), "reader");
    reader.start();

    for (long offset = 0; offset < records; offset++) {
      end.set(offset + 1);
      many.committed(offset, offset + 1, 1);
      if (offset % 64 == 0) {
        Thread.onSpinWait();
      }
    }

    assertThat(seen.await(60, TimeUnit.SECONDS)).isTrue();
    reader.join();
  }

  private static void follow(Waiters waiters, AtomicLong end, int records, CountDownLatch seen) {
    long position = 0;
    while (position < records) {
      long highWatermark = end.get();
      for (; position < highWatermark; position++) {
        seen.countDown();
      }
      if (position < records) {
        CountDownLatch woken = new CountDownLatch(1);
        waiters.add(new Wish(highWatermark, 1, LONG, "reader"), 0, woken::countDown);
        awaitUnlessInterrupted(woken);
      }
    }
  }

  private static void awaitUnlessInterrupted(CountDownLatch woken) {
    try {
      if (!woken.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("expected to be woken, but was not");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void add(String waiter, long seen, int bytes) {
    waiters.add(new Wish(seen, bytes, LONG, waiter), 0, () -> woken.add(waiter));
  }
}
