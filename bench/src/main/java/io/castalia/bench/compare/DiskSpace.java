package io.castalia.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** What is free on a disk, in GB of 10^9 bytes. */
final class DiskSpace {

  /** With less, servers come to their own limits, and those are what is measured. */
  private static final long LEAST = 2_000_000_000;

  private static final long GIGABYTE = 1_000_000_000;

  private final LongSupplier freeBytes;

  /** The disk on which a directory is. */
  DiskSpace(Path directory) {
    this(() -> usableBytes(directory));
  }

  DiskSpace(LongSupplier freeBytes) {
    this.freeBytes = freeBytes;
  }

  private static long usableBytes(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is free, for people. */
  String free() {
    return freeBytes.getAsLong() / GIGABYTE + " GB of disk free";
  }

  /** Whether so much may be taken. */
  boolean has(long bytes) {
    return freeBytes.getAsLong() >= bytes + LEAST;
  }

  /** What is expected to be taken beside what there is, for people. */
  String compare(long bytes) {
    String text = "Expected to take up to %d GB of disk at a time; there are %s";
    String tooLittle = ", which is too little: at least %d GB have to stay free";
    return text.formatted(Math.round((double) bytes / GIGABYTE), free())
        + (has(bytes) ? "" : tooLittle.formatted(LEAST / GIGABYTE));
  }

  /**
   * Ends what would fill the disk.
   *
   * @throws IllegalStateException if little is left
   */
  void requireSome() {
    if (!has(0)) {
      throw new IllegalStateException(
          "expected at least %d GB of disk to stay free, but there are %s"
              .formatted(LEAST / GIGABYTE, free()));
    }
  }
}
