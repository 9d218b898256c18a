package io.castalia.persistence.embedded.child;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Makes a class data archive and puts it in its place whole, even if the process that asked for it
 * has ended meanwhile.
 */
public final class ArchiveMaker {
  private ArchiveMaker() {}

  /**
   * Runs the JVM that writes the archive.
   *
   * @param args the Java program, the list of classes, the archive, the class path
   */
  public static void main(String[] args) throws Exception {
    Path classList = Path.of(args[1]);
    Path archive = Path.of(args[2]);
    Path unfinished = Path.of(archive + "." + ProcessHandle.current().pid());
    Process dump =
        new ProcessBuilder(
                args[0],
                "-XX:+UseSerialGC",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classList,
                "-XX:SharedArchiveFile=" + unfinished,
                "-cp",
                args[3])
            .redirectErrorStream(true)
            .redirectOutput(new File(classList + ".log"))
            .start();
    if (dump.waitFor() == 0) {
      Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.deleteIfExists(unfinished);
    }
  }
}
