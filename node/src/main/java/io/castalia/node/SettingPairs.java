package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one section that say the least and the most of something, such as {@code min-backoff} and
 * {@code max-backoff}: the least must not be more.
 */
final class SettingPairs {
  private static final Pattern LEAST = Pattern.compile("(^|-)min(?=-|$)");

  private final Config all;

  SettingPairs(Config all) {
    this.all = all;
  }

  /**
   * Checks all pairs of a section and of those in it, whose values are of their kinds.
   *
   * @throws SettingsException for the first that is wrong
   */
  void check(String path, ConfigObject section) {
    section.forEach(
        (name, value) -> {
          if (value instanceof ConfigObject inner) {
            check(path + "." + name, inner);
          } else {
            partner(name)
                .filter(most -> isMore(value, section.get(most)))
                .ifPresent(most -> refuse(path + "." + name, path + "." + most));
          }
        });
  }

  /** The name of the key for the most, if this is one for the least. */
  private static Optional<String> partner(String name) {
    String most = LEAST.matcher(name).replaceFirst("$1max");
    return most.equals(name) ? Optional.empty() : Optional.of(most);
  }

  private static boolean isMore(ConfigValue least, @Nullable ConfigValue most) {
    return most != null && SettingKind.amount(least) > SettingKind.amount(most);
  }

  private void refuse(String least, String most) {
    String complaint =
        "expected %s to be at least %s, but they were %s and %s"
            .formatted(most, least, written(most), written(least));
    throw new SettingsException(SettingsPlace.addedTo(complaint, all));
  }

  private String written(String key) {
    return all.getValue(key).render(ConfigRenderOptions.concise());
  }
}
