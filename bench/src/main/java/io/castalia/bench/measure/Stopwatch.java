package io.castalia.bench.measure;

import java.io.PrintStream;
import java.util.concurrent.Callable;

/** Times steps and prints each. */
final class Stopwatch {

  private final PrintStream out;

  Stopwatch(PrintStream out) {
    this.out = out;
  }

  /** Takes the step, prints how long it took and gives its result. */
  <T> T time(String what, Callable<T> step) throws Exception {
    long start = System.nanoTime();
    T result = step.call();
    out.printf("%-60s %8.1f ms%n", what, (System.nanoTime() - start) / 1e6);
    return result;
  }
}
