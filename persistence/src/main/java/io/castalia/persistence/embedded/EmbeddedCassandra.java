package io.castalia.persistence.embedded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Cassandra in a child process, on loopback. It ends with this process, however that ends, and
 * keeps everything that it acknowledged.
 */
public final class EmbeddedCassandra implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCassandra.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** What the child needs beside its heap and its memtables: classes, threads, buffers. */
  private static final int MEMORY_BESIDE_HEAP_MIB = 256;

  private final EmbeddedCassandraSettings settings;
  private final DataDirectory directory;
  private final ClassDataArchive classData;
  private final Ports ports;
  private final Process process;
  private final long launched = System.nanoTime();

  private EmbeddedCassandra(
      EmbeddedCassandraSettings settings,
      DataDirectory directory,
      ClassDataArchive classData,
      Ports ports,
      Process process) {
    this.settings = settings;
    this.directory = directory;
    this.classData = classData;
    this.ports = ports;
    this.process = process;
  }

  /**
   * Starts Cassandra and blocks until it takes connections.
   *
   * @throws EmbeddedCassandraException if it cannot start; the message says why and what to do
   */
  public static EmbeddedCassandra start(EmbeddedCassandraSettings settings) {
    EmbeddedCassandra cassandra = launch(settings);
    cassandra.awaitReady();
    return cassandra;
  }

  /**
   * Starts the process and does not wait for it.
   *
   * @throws EmbeddedCassandraException if there is something that it could not start with
   */
  static EmbeddedCassandra launch(EmbeddedCassandraSettings settings) {
    checkMemory(settings.heapMiB());
    Path java = JavaHome.program(settings.javaHome(), System.getenv());
    DataDirectory directory = DataDirectory.open(settings.dataDirectory(), settings.diskReserve());
    try {
      directory.setAsideUnbegunSegments(settings.commitLogDirectory());
      return launch(settings, java, directory);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Blocks until it takes connections. If it does not, nothing of it is left.
   *
   * @throws EmbeddedCassandraException if it cannot start; the message says why and what to do
   */
  void awaitReady() {
    try {
      awaitAnswer();
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
    classData.makeOnce();
    LOG.info(
        "embedded Cassandra takes connections at {} after {} ms; its log: {}",
        contactPoint(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - launched),
        directory.logs().resolve(LogbackXml.FILE));
  }

  /** Where drivers connect to. */
  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.nativeTransport());
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  /** Completes with the child's exit code when it has ended, asked to or not. */
  public CompletionStage<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Stops Cassandra, waits for its end and gives the data directory free. */
  @Override
  public void close() {
    end();
    directory.close();
  }

  private static EmbeddedCassandra launch(
      EmbeddedCassandraSettings settings, Path java, DataDirectory directory) {
    CassandraClassPath classPath =
        CassandraClassPath.in(settings.classPath(), directory.configuration());
    ClassDataArchive classData = new ClassDataArchive(java, classPath, directory.configuration());
    Ports ports = Ports.choose(settings.port(), directory.ports());
    directory.write("cassandra.yaml", CassandraYaml.of(settings, ports));
    directory.write("logback.xml", LogbackXml.of(directory.logs()));
    Path arguments =
        directory.write(
            "java.args",
            CassandraCommand.arguments(
                settings, classPath, classData.options(), directory.configuration()));
    try {
      Process process =
          new ProcessBuilder(
                  java.toString(),
                  "@" + arguments,
                  directory.childLock().toString(),
                  Long.toString(settings.diskReserve().ample()))
              .redirectErrorStream(true)
              .redirectOutput(directory.output().toFile())
              .start();
      return new EmbeddedCassandra(settings, directory, classData, ports, process);
    } catch (IOException e) {
      throw new EmbeddedCassandraException("cannot run \"" + java + "\": " + e.getMessage(), e);
    }
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + settings.startTimeout().toNanos();
    try {
      while (!answers()) {
        if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new EmbeddedCassandraException(
              "Cassandra ended with exit code "
                  + process.exitValue()
                  + " before it was ready"
                  + directory.lastWords());
        }
        if (System.nanoTime() > deadline) {
          end();
          throw new EmbeddedCassandraException(
              "Cassandra was not ready after "
                  + settings.startTimeout().toSeconds()
                  + " s"
                  + directory.lastWords());
        }
      }
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
      throw new EmbeddedCassandraException("interrupted while Cassandra was starting", e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(contactPoint(), (int) LOOK_EVERY.toMillis());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Stops Cassandra and waits for its end; the data directory stays taken. */
  void end() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(settings.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (IOException e) {
      LOG.debug("the child's standard input was closed already", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }

  private static void checkMemory(int heapMiB) {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    long totalMiB = system.getTotalMemorySize() >> 20;
    int neededMiB = 2 * heapMiB + MEMORY_BESIDE_HEAP_MIB;
    if (totalMiB < neededMiB) {
      throw new EmbeddedCassandraException(
          "not enough memory: Cassandra needs %d MiB (heap %d), but this machine has %d MiB"
              .formatted(neededMiB, heapMiB, totalMiB));
    }
  }
}
