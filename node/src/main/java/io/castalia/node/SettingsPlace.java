package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where a setting stands: a file and its line, or the command line. */
final class SettingsPlace {
  private static final Pattern KEY = Pattern.compile("castalia(\\.([a-z0-9-]+|\"[^\"]+\"))+");
  private static final String DEFAULTS = "reference.conf";

  private SettingsPlace() {}

  static String of(ConfigValue value) {
    return value.origin().description();
  }

  /**
   * A complaint about settings, with the place of the first key in it that was set.
   *
   * @param complaint names keys by their whole paths
   */
  static String addedTo(String complaint, Config config) {
    return KEY.matcher(complaint)
        .results()
        .map(MatchResult::group)
        .filter(config::hasPath)
        .map(key -> of(config.getValue(key)))
        .filter(place -> !place.startsWith(DEFAULTS))
        .findFirst()
        .map(place -> "%s (%s)".formatted(complaint, place))
        .orElse(complaint);
  }
}
