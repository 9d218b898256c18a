package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsSourceTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void shouldPreferCommandLineThenFileThenDefaults() throws IOException {
    Path file = write("castalia.data-dir = file, castalia.cluster.port = 7001");

    Config config =
        SettingsSource.load(Optional.of(file), Map.of("castalia.data-dir", "command line"));

    assertThat(config.getString("castalia.data-dir")).isEqualTo("command line");
    assertThat(config.getInt("castalia.cluster.port")).isEqualTo(7001);
    assertThat(config.getString("castalia.cluster.host")).isEqualTo("127.0.0.1");
  }

  @Test
  void shouldRefuseUnknownKeyAndNameIt() throws IOException {
    Path file = write("castalia.cluster.prot = 7001");

    assertThatThrownBy(() -> SettingsSource.load(Optional.of(file), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("unknown key \"castalia.cluster.prot\"")
        .hasMessageEndingWith("own.conf: 1; did you mean \"castalia.cluster.port\"?")
        .hasMessageContaining(file.getFileName().toString());
  }

  @Test
  void shouldRefuseUnknownSection() throws IOException {
    Path file = write("castalai { data-dir = x }");

    assertThatThrownBy(() -> SettingsSource.load(Optional.of(file), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("unknown key \"castalai\"")
        .hasMessageEndingWith("; did you mean \"castalia\"?");
  }

  @Test
  void shouldRefuseValueWhereSectionIsExpected() throws IOException {
    Path file = write("castalia.cluster = 3");

    assertThatThrownBy(() -> SettingsSource.load(Optional.of(file), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected \"castalia.cluster\" to be a section");
  }

  @Test
  void shouldRefuseMissingAndBrokenFiles() throws IOException {
    Path broken = write("castalia { ");

    assertThatThrownBy(
            () -> SettingsSource.load(Optional.of(directory.resolve("none.conf")), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> SettingsSource.load(Optional.of(broken), Map.of()))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void shouldRefuseSeedNodesWithoutPort() throws IOException {
    Path file = write("castalia.cluster.seed-nodes = [\"127.0.0.1:7001\"]");
    Config config = SettingsSource.load(Optional.of(file), Map.of());

    assertThatThrownBy(() -> ClusterSettings.of(config.getConfig("castalia.cluster")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("castalia.cluster.port");
  }

  @Test
  void shouldReadRolesAndRefuseThoseThatLookLikeANodesOwn() throws IOException {
    Config good =
        SettingsSource.load(Optional.of(write("castalia.cluster.roles = [billing]")), Map.of());
    Config bad =
        SettingsSource.load(Optional.of(write("castalia.cluster.roles = [\"a=b\"]")), Map.of());

    assertThat(ClusterSettings.of(good.getConfig("castalia.cluster")).roles())
        .containsExactly("billing");
    assertThatThrownBy(() -> ClusterSettings.of(bad.getConfig("castalia.cluster")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "expected castalia.cluster.roles to be names without \"=\", but one was \"a=b\"");
  }

  @Test
  void shouldRefuseOtherNodesWithoutACassandraToShare() throws IOException {
    Path file =
        write("castalia.cluster { port = 7002, seed-nodes = [\"a:7001\", \"127.0.0.1:7002\"] }");
    Config config = SettingsSource.load(Optional.of(file), Map.of());

    assertThatThrownBy(() -> NodeSettings.of(config))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("castalia.persistence.cassandra.contact-points (--cassandra)");
  }

  @Test
  void shouldLetANodeBeItsOwnSeedWithACassandraOfItsOwn() throws IOException {
    Path file = write("castalia.cluster { port = 7002, seed-nodes = [\"127.0.0.1:7002\"] }");

    NodeSettings settings = NodeSettings.of(SettingsSource.load(Optional.of(file), Map.of()));

    assertThat(settings.embedsCassandra()).isTrue();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("own.conf"), text);
  }
}
