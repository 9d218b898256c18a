package io.castalia.node;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** An operator's file, {@code own.conf}. */
record SettingsFile(Path path) {
  static SettingsFile in(Path directory, String... lines) throws IOException {
    return new SettingsFile(
        Files.writeString(directory.resolve("own.conf"), String.join("\n", lines)));
  }

  NodeSettings read() {
    return NodeSettings.of(SettingsSource.load(Optional.of(path), Map.of()));
  }

  /** Why a node does not start with it. */
  String refusal() {
    SettingsException refused = catchThrowableOfType(SettingsException.class, this::read);
    return String.valueOf(refused.getMessage());
  }

  /** A line of it, as refusals name it. */
  String line(int number) {
    return path + ": " + number;
  }
}
