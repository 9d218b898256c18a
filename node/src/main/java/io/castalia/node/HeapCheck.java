package io.castalia.node;

import com.typesafe.config.Config;
import java.util.List;

/** Checks that no memory that a node may fill is larger than its heap. */
final class HeapCheck {
  private static final List<String> MEMORIES =
      List.of(
          "castalia.persistence.read-cache-bytes",
          "castalia.kafka.request-memory",
          "castalia.kafka.fetch.memory");

  private HeapCheck() {}

  /**
   * Checks all of them.
   *
   * @param heap of the node, in bytes
   * @throws SettingsException for the first that does not fit
   */
  static void check(Config config, long heap) {
    for (String key : MEMORIES) {
      if (config.getBytes(key) >= heap) {
        String complaint =
            "expected %s to be less than the node's heap of %d MiB (CASTALIA_HEAP), but it was %s"
                .formatted(key, heap >> 20, config.getString(key));
        throw new SettingsException(SettingsPlace.addedTo(complaint, config));
      }
    }
  }
}
