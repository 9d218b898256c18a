package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only this machine can tell is told before anything starts, too. */
class StartChecksTest {
  /** For documentation (RFC 5737): no machine has it. */
  private static final String NOBODYS = "192.0.2.1";

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldRefuseAMemoryThatIsLargerThanTheHeap() throws IOException {
    SettingsFile file = SettingsFile.in(directory, "castalia.persistence.read-cache-bytes = 1 PiB");

    assertThatThrownBy(() -> CastaliaNode.start(file.read(), progress -> {}))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("expected castalia.persistence.read-cache-bytes to be less than")
        .hasMessageEndingWith("but it was 1 PiB (%s)", file.line(1));
  }

  @Test
  void shouldRefuseAnAddressForOtherNodesThatIsNotThisMachines() throws IOException {
    SettingsFile file =
        SettingsFile.in(directory, "castalia.kafka.port = 0", "castalia.cluster.host = " + NOBODYS);
    List<String> progress = new ArrayList<>();

    assertThatThrownBy(() -> CastaliaNode.start(file.read(), progress::add))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot listen on %s:0 for other nodes", NOBODYS)
        .hasMessageContaining("castalia.cluster.host");
    assertThat(progress).isEmpty();
  }
}
