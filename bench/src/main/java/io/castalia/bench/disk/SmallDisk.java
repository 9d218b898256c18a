package io.castalia.bench.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A disk of a few hundred MiB, kept in memory and mounted on a directory; Linux, as root. */
final class SmallDisk implements AutoCloseable {

  private static final int CHUNK = 1 << 20;
  private static final Duration RELEASED_WITHIN = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /**
   * Mounts it.
   *
   * @throws NotPermittedException if this process may not
   */
  static SmallDisk mount(Path directory, int mebibytes) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String refusal =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString());
    if (!refusal.isEmpty()) {
      throw new NotPermittedException(
          "cannot mount a small disk, which takes Linux and root: " + refusal);
    }
    return new SmallDisk(directory);
  }

  /** Unmounts what an earlier run that was killed has left, if there is any. */
  static void release(Path directory) {
    if (Files.isDirectory(directory)) {
      String unused = run("umount", directory.toString());
    }
  }

  /** This process may not mount anything. */
  static final class NotPermittedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPermittedException(String message) {
      super(message);
    }
  }

  long freeBytes() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what is free beyond so many bytes; with 0 all of it, even while others write. */
  void fill(long bytesToLeave) {
    byte[] chunk = new byte[CHUNK];
    try (OutputStream filler = Files.newOutputStream(filler())) {
      while (freeBytes() > bytesToLeave) {
        filler.write(chunk, 0, (int) Math.min(CHUNK, freeBytes() - bytesToLeave));
      }
    } catch (IOException e) {
      if (bytesToLeave > 0) {
        throw new UncheckedIOException(e);
      }
      // Not one byte is left: that was wanted.
    }
  }

  /** Gives it back. */
  void free() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  /** A process that has just ended may hold it for a moment longer. */
  @Override
  public void close() {
    long end = System.nanoTime() + RELEASED_WITHIN.toNanos();
    String refusal = run("umount", directory.toString());
    while (!refusal.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      refusal = run("umount", directory.toString());
    }
    if (!refusal.isEmpty()) {
      throw new IllegalStateException("cannot unmount " + directory + ": " + refusal);
    }
  }

  /** What the command complained of; nothing if it did as it was told. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : printed + " (exit code " + process.exitValue() + ")";
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }
}
