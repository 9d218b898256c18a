package io.castalia.actors.topic;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * Which values a configuration takes.
 *
 * @param type the type shown to clients
 * @param expectation what is expected, to follow the word "expected" in a message
 * @param test whether a trimmed value is acceptable
 */
record ValueRule(ConfigType type, String expectation, Predicate<String> test) {
  private static final Pattern THROTTLED = Pattern.compile("|\\*|\\d+:\\d+(,\\d+:\\d+)*");

  boolean accepts(String value) {
    return test.test(value.trim());
  }

  static ValueRule anInt(int min) {
    return anInt(min, Integer.MAX_VALUE);
  }

  static ValueRule anInt(int min, int max) {
    return number(ConfigType.INT, min, max);
  }

  static ValueRule aShort(int min) {
    return number(ConfigType.SHORT, min, Short.MAX_VALUE);
  }

  static ValueRule aLong(long min) {
    return number(ConfigType.LONG, min, Long.MAX_VALUE);
  }

  static ValueRule aRatio() {
    return new ValueRule(ConfigType.DOUBLE, "a number from 0 to 1", ValueRule::isBetweenZeroAndOne);
  }

  static ValueRule aBoolean() {
    return new ValueRule(
        ConfigType.BOOLEAN,
        "true or false",
        value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"));
  }

  /** For features that do not exist here: a topic that asks for them would be misled. */
  static ValueRule onlyFalse(String reason) {
    return new ValueRule(
        ConfigType.BOOLEAN, "false (" + reason + ")", value -> value.equalsIgnoreCase("false"));
  }

  static ValueRule oneOf(String... values) {
    List<String> allowed = List.of(values);
    return new ValueRule(ConfigType.STRING, "one of " + allowed, allowed::contains);
  }

  static ValueRule listOf(String... values) {
    List<String> allowed = List.of(values);
    return new ValueRule(
        ConfigType.LIST,
        "a comma-separated list of " + allowed + " without repetition",
        value -> {
          List<String> items = items(value);
          return allowed.containsAll(items) && new HashSet<>(items).size() == items.size();
        });
  }

  static ValueRule throttledReplicas() {
    return new ValueRule(
        ConfigType.LIST,
        "* or a comma-separated list of partition:broker",
        value -> THROTTLED.matcher(value).matches());
  }

  static ValueRule gzipLevel() {
    return new ValueRule(
        ConfigType.INT,
        "-1 or a whole number from 1 to 9",
        value -> value.equals("-1") || isWholeNumber(value, 1, 9));
  }

  static ValueRule text() {
    return new ValueRule(ConfigType.STRING, "text", value -> true);
  }

  /** The items of a list value, trimmed; none for an empty value. */
  static List<String> items(String value) {
    return value.isBlank() ? List.of() : Arrays.asList(value.trim().split("\\s*,\\s*", -1));
  }

  private static ValueRule number(ConfigType type, long min, long max) {
    String range = "a whole number from " + min + " to " + max;
    return new ValueRule(type, range, value -> isWholeNumber(value, min, max));
  }

  private static boolean isWholeNumber(String value, long min, long max) {
    try {
      long number = Long.parseLong(value);
      return number >= min && number <= max;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  private static boolean isBetweenZeroAndOne(String value) {
    try {
      double number = Double.parseDouble(value);
      return number >= 0 && number <= 1;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
