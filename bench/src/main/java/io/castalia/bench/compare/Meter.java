package io.castalia.bench.compare;

import java.time.Duration;

/**
 * What a client has done and how long it got on with nothing. One thread counts, another one looks.
 * Times are those of {@link System#nanoTime}.
 */
final class Meter {

  private static final double SECOND = 1e9;
  private static final double MILLI = 1e6;

  private long records;
  private long began;
  private long last;
  private long longest;
  private long lookedAt;
  private long recordsAtLook;
  private long longestSinceLook;

  /**
   * Nothing has been done yet.
   *
   * @param now when the time begins
   */
  Meter(long now) {
    begin(now);
  }

  /** Lets the time begin later, before there is any record. */
  synchronized void begin(long now) {
    began = now;
    last = now;
    lookedAt = now;
  }

  /** So many more records. A pause before the first ones does not count. */
  synchronized void count(long more, long now) {
    if (records > 0) {
      longest = Math.max(longest, now - last);
      longestSinceLook = Math.max(longestSinceLook, now - last);
    }
    last = now;
    records += more;
  }

  synchronized long records() {
    return records;
  }

  /** From the beginning to the last record. */
  synchronized double recordsPerSecond() {
    return records * SECOND / (last - began);
  }

  /** Between two records. */
  synchronized double longestPauseMillis() {
    return longest / MILLI;
  }

  /** How it goes since the last look; a pause counts that has not ended yet. */
  synchronized Progress look(long now) {
    double perSecond = (records - recordsAtLook) * SECOND / (now - lookedAt);
    long pause = Math.max(longestSinceLook, now - last);
    lookedAt = now;
    recordsAtLook = records;
    longestSinceLook = 0;
    return new Progress((now - began) / SECOND, records, perSecond, pause / MILLI);
  }

  /** Prints how it goes, again and again until the process ends. */
  void printEvery(Duration time) {
    Thread thread = new Thread(() -> print(time), "progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void print(Duration time) {
    try {
      while (true) {
        Thread.sleep(time.toMillis());
        System.out.println(look(System.nanoTime()).line());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
