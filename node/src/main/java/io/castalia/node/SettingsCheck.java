package io.castalia.node;

import com.typesafe.config.Config;
import io.castalia.actors.group.GroupSettings;
import io.castalia.actors.partition.PartitionSettings;
import io.castalia.actors.topic.RegistrySettings;
import io.castalia.persistence.cassandra.CassandraSettings;
import io.castalia.persistence.embedded.EmbeddedCassandraSettings;
import io.castalia.persistence.journal.JournalSettings;
import io.castalia.persistence.read.ReadCacheSettings;
import io.castalia.persistence.store.LogStoreProviders;
import io.castalia.streams.connect.ConnectorSettings;
import io.castalia.streams.processing.runtime.ProcessingSettings;
import java.nio.file.Path;

/** Checks of values; a refusal names the key. */
final class SettingsCheck {
  private SettingsCheck() {}

  /**
   * Reads the sections of what has its settings from the actor system, so that what is wrong in
   * them is told before there is one.
   */
  static void sections(Config config) {
    Config persistence = config.getConfig("castalia.persistence");
    LogStoreProviders.named(persistence, SettingsCheck.class.getClassLoader());
    JournalSettings.of(persistence);
    ReadCacheSettings.of(persistence);
    CassandraSettings.from(persistence.getConfig("cassandra"));
    EmbeddedCassandraSettings.from(persistence.getConfig("embedded-cassandra"), Path.of("."));
    PartitionSettings.of(config);
    GroupSettings.of(config);
    RegistrySettings.of(config);
    ConnectorSettings.of(config);
    ProcessingSettings.Limits.of(config);
    NamedParts.check(config);
  }

  static void port(String key, int port) {
    if (port < 0 || port > 65_535) {
      throw new SettingsException(
          "expected %s to be a port from 0 to 65535, but it was %d".formatted(key, port));
    }
  }

  static void hostPort(String key, String address) {
    if (!address.matches("[^\\s/]+:\\d{1,5}") || !isPort(address)) {
      throw new SettingsException(
          "expected %s to be HOST:PORT, but it was \"%s\"".formatted(key, address));
    }
  }

  private static boolean isPort(String address) {
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    return port >= 1 && port <= 65_535;
  }
}
