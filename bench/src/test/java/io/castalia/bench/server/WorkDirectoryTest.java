package io.castalia.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkDirectoryTest {
  /** Linux gives no process a number beyond 2^22. */
  private static final long NOBODY = 2_000_000_000;

  @Test
  void shouldSweepWhatOnlyTheDeadHaveLeft(@TempDir Path parent) throws IOException {
    // given
    long self = ProcessHandle.current().pid();
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    Path own = filled(parent.resolve("compare-" + self));
    Path ofAnother = filled(parent.resolve("compare-" + alive));
    Path left = filled(parent.resolve("compare-" + NOBODY));
    Path something = filled(parent.resolve("compare-me"));
    Path other = filled(parent.resolve("groups-" + NOBODY));

    // when
    Path found = WorkDirectory.ofThisProcess(parent, "compare");

    // then
    assertThat(found).isEqualTo(own).isEmptyDirectory();
    assertThat(left).doesNotExist();
    assertThat(ofAnother).isNotEmptyDirectory();
    assertThat(something).isNotEmptyDirectory();
    assertThat(other).isNotEmptyDirectory();
  }

  @Test
  void shouldBeginWhereNothingIsYet(@TempDir Path parent) {
    assertThat(WorkDirectory.ofThisProcess(parent.resolve("work"), "compare")).isEmptyDirectory();
  }

  private static Path filled(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.createFile(directory.resolve("log"));
    return directory;
  }
}
