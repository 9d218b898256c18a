package io.castalia.persistence.embedded.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveMakerTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir Path directory = Path.of("");
  private Path archive = Path.of("");
  private Path classList = Path.of("");

  @BeforeEach
  void list() throws Exception {
    archive = directory.resolve("a.jsa");
    classList = Files.writeString(directory.resolve("classes"), "java/lang/Object\n");
  }

  @Test
  void shouldMakeAnArchive() throws Exception {
    assertThat(make()).isZero();

    assertThat(archive).exists();
    assertThat(classList).doesNotExist();
  }

  @Test
  void shouldLeaveTheArchiveToWhoIsMakingIt() throws Exception {
    try (FileChannel other =
            FileChannel.open(
                directory.resolve("a.jsa.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(make()).isZero();
    }

    assertThat(archive).doesNotExist();
    assertThat(classList).doesNotExist();
  }

  private int make() throws Exception {
    Path ours =
        Path.of(ArchiveMaker.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = Files.createFile(directory.resolve("empty.jar"));
    return ArchiveMaker.begin(JAVA, ours.toString(), classList, archive, jar.toString()).waitFor();
  }
}
