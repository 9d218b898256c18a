package io.castalia.node.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import picocli.CommandLine.ExitCode;

/** Stops what runs when the process is asked to end, by SIGTERM or Ctrl-C. */
final class StopOnSignal extends Thread {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supplier<? extends CompletionStage<?>> stop;
  private final PrintStream err;

  private StopOnSignal(Supplier<? extends CompletionStage<?>> stop, PrintStream err) {
    super("stop-on-signal");
    this.stop = stop;
    this.err = err;
  }

  static StopOnSignal install(Supplier<? extends CompletionStage<?>> stop, PrintStream err) {
    StopOnSignal hook = new StopOnSignal(stop, err);
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  /** To be told when what runs has ended; does not return if that was on request. */
  void ended() throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(this);
    } catch (IllegalStateException stopping) {
      join();
    }
  }

  @Override
  public void run() {
    err.println("Stopping");
    int exitCode = ExitCode.SOFTWARE;
    try {
      stop.get().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      err.println("Stopped");
      exitCode = ExitCode.OK;
    } catch (TimeoutException e) {
      err.println("castalia: it did not stop within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      err.println("castalia: " + FailureText.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Having been asked to end is no failure, but the JVM's own exit code would say so.
    Runtime.getRuntime().halt(exitCode);
  }
}
