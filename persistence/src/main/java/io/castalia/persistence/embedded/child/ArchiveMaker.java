package io.castalia.persistence.embedded.child;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a class data archive and puts it in its place whole, even if the process that asked for it
 * has ended meanwhile.
 */
public final class ArchiveMaker {
  private static final Path NICE = Path.of("/usr/bin/nice");

  private ArchiveMaker() {}

  /**
   * Starts a process that makes the archive, behind everything else that wants the processor.
   *
   * @param java the program that will use the archive
   * @param ownClassPath where this class is
   * @param classList the classes, as the JVM has listed them
   * @param archive where to put it
   * @param classPath of the program
   */
  public static Process begin(
      Path java, String ownClassPath, Path classList, Path archive, String classPath)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      command.add(NICE.toString());
    }
    command.addAll(
        List.of(
            java.toString(),
            "-Xmx16m",
            "-XX:+UseSerialGC",
            "-cp",
            ownClassPath,
            ArchiveMaker.class.getName(),
            java.toString(),
            classList.toString(),
            archive.toString(),
            classPath));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * Runs the JVM that writes the archive, unless another process is at it.
   *
   * @param args the Java program, the list of classes, the archive, the class path
   */
  public static void main(String[] args) throws Exception {
    Path classList = Path.of(args[1]);
    Path archive = Path.of(args[2]);
    try (FileChannel file =
            FileChannel.open(
                Path.of(archive + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      if (lock != null && !Files.exists(archive)) {
        make(args[0], classList, archive, args[3]);
      }
    }
    Files.deleteIfExists(classList);
  }

  private static void make(String java, Path classList, Path archive, String classPath)
      throws IOException, InterruptedException {
    Path unfinished = Path.of(archive + "." + ProcessHandle.current().pid());
    // Not beside the list: its directory is the data's, and may be removed meanwhile.
    Path log = Path.of(unfinished + ".log");
    Process dump =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classList,
                "-XX:SharedArchiveFile=" + unfinished,
                "-cp",
                classPath)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (dump.waitFor() == 0) {
      Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(log);
    } else {
      Files.deleteIfExists(unfinished);
    }
  }
}
