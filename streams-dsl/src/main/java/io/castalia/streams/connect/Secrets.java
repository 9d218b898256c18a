package io.castalia.streams.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the values of a connector's secret keys from those who look at its configuration. Whoever
 * writes back what was shown leaves them as they are.
 *
 * @param plugin says which keys are secret
 */
record Secrets(ConnectorPlugin plugin) {
  /** Stands where a secret value would; as Kafka Connect writes it. */
  static final String HIDDEN = "[hidden]";

  private boolean isSecret(String key) {
    return plugin.keys().stream().anyMatch(each -> each.isSecret() && each.name().equals(key))
        || plugin.prefixes().stream().anyMatch(each -> each.isSecret(key));
  }

  /** A configuration of which nobody knows what is secret, but for its kind. */
  static Map<String, String> hideAll(Map<String, String> config) {
    Map<String, String> shown = new TreeMap<>(config);
    shown.replaceAll((key, value) -> key.equals(CommonKeys.TYPE.name()) ? value : HIDDEN);
    return shown;
  }

  /** A configuration as it is shown. */
  Map<String, String> hide(Map<String, String> config) {
    Map<String, String> shown = new TreeMap<>(config);
    shown.replaceAll((key, value) -> isSecret(key) ? HIDDEN : value);
    return shown;
  }

  /** A configuration with the earlier values of those secrets that were written as shown. */
  Map<String, String> restore(Map<String, String> config, Map<String, String> earlier) {
    Map<String, String> restored = new TreeMap<>(config);
    restored.replaceAll(
        (key, value) ->
            isShownOnly(key, value) ? Optional.ofNullable(earlier.get(key)).orElse(HIDDEN) : value);
    return restored;
  }

  /** What is wrong with a restored configuration: secrets that nobody has told. */
  List<String> complaints(Map<String, String> restored) {
    List<String> complaints = new ArrayList<>();
    new TreeMap<>(restored)
        .forEach(
            (key, value) -> {
              if (isShownOnly(key, value)) {
                complaints.add(
                    "\"%s\": expected a secret, but it was \"%s\", which stands for one when a"
                            .formatted(key, HIDDEN)
                        + " configuration is shown, and there is no earlier one");
              }
            });
    return complaints;
  }

  private boolean isShownOnly(String key, String value) {
    return value.equals(HIDDEN) && isSecret(key);
  }
}
