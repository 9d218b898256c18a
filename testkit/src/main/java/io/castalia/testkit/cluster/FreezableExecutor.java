package io.castalia.testkit.cluster;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * The threads of a simulated node's dispatchers, which a test can freeze. Named in the
 * configuration of each dispatcher, with the key {@code freezable-threads}: how many threads, or 0
 * for as many as there are tasks.
 */
public final class FreezableExecutor extends ExecutorServiceConfigurator {
  private static final int IDLE_SECONDS = 5;

  private final int threads;
  private final FreezeGate gate;

  /** Called by Pekko. */
  public FreezableExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.threads = config.getInt("freezable-threads");
    this.gate = NodeGround.of(prerequisites.settings().config()).gate();
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory factory) {
    return () -> new Gated(threads == 0 ? unlimited(factory) : limited(factory), gate);
  }

  private static ExecutorService unlimited(ThreadFactory factory) {
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  private ExecutorService limited(ThreadFactory factory) {
    return new ThreadPoolExecutor(
        threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
  }

  private static final class Gated extends AbstractExecutorService {
    private final ExecutorService threads;
    private final FreezeGate gate;

    private Gated(ExecutorService threads, FreezeGate gate) {
      this.threads = threads;
      this.gate = gate;
    }

    @Override
    public void execute(Runnable task) {
      threads.execute(
          () -> {
            gate.pass();
            task.run();
          });
    }

    @Override
    public void shutdown() {
      threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
      return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
      return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return threads.awaitTermination(timeout, unit);
    }
  }
}
