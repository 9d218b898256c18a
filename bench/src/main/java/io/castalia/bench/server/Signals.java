package io.castalia.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals of the system to processes. */
public final class Signals {

  private Signals() {}

  /** Has a process stand still, with all its connections open. */
  public static void freeze(long pid) {
    send("STOP", pid);
  }

  /** Has a frozen process go on. */
  public static void thaw(long pid) {
    send("CONT", pid);
  }

  private static void send(String signal, long pid) {
    try {
      int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("expected to send " + signal + " to process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signalling process " + pid, e);
    }
  }
}
