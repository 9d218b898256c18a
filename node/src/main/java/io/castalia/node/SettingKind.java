package io.castalia.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a key takes: what its default is. */
enum SettingKind {
  SWITCH("on or off"),
  LIST("a list, such as [\"a\", \"b\"]"),
  WHOLE_NUMBER("a whole number"),
  NUMBER("a number"),
  SIZE("a size, such as 64 MiB"),
  TIME("a time with its unit, such as 20 s"),
  TEXT("a text");

  private static final String KEY = "value";
  private static final Pattern ENDS_WITH_UNIT = Pattern.compile("\\p{L}$");
  private static final Set<String> SWITCHES = Set.of("on", "off", "true", "false", "yes", "no");

  private final String expected;

  SettingKind(String expected) {
    this.expected = expected;
  }

  /** The kind of the key that has this default. */
  static SettingKind of(ConfigValue standard) {
    return switch (standard.valueType()) {
      case LIST -> LIST;
      case BOOLEAN -> SWITCH;
      case NUMBER -> WHOLE_NUMBER.reads(standard) ? WHOLE_NUMBER : NUMBER;
      default -> ofText(standard);
    };
  }

  private static SettingKind ofText(ConfigValue standard) {
    if (SWITCHES.contains(String.valueOf(standard.unwrapped()))) {
      return SWITCH;
    }
    if (TIME.reads(standard)) {
      return TIME;
    }
    return SIZE.reads(standard) ? SIZE : TEXT;
  }

  /** What a value of this kind looks like, for a person. */
  String expected() {
    return expected;
  }

  /** The value as a number, text, list or time; empty if it is of another kind. */
  Optional<Object> read(ConfigValue value) {
    try {
      return Optional.of(readFrom(value.atKey(KEY)));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private Object readFrom(Config config) {
    return switch (this) {
      case SWITCH -> config.getBoolean(KEY);
      case LIST -> config.getStringList(KEY);
      case WHOLE_NUMBER -> wholeNumber(config);
      case NUMBER -> config.getDouble(KEY);
      case SIZE -> config.getBytes(KEY);
      case TIME -> time(config);
      case TEXT -> config.getString(KEY);
    };
  }

  /** A number, or how much a size or time is; 0 for what is none of them. */
  static double amount(ConfigValue value) {
    Object read = of(value).read(value).orElse(0);
    if (read instanceof Duration time) {
      return time.toNanos();
    }
    return read instanceof Number number ? number.doubleValue() : 0;
  }

  private boolean reads(ConfigValue value) {
    return read(value).isPresent();
  }

  /** Of a fraction, the library would take the whole part. */
  private static Object wholeNumber(Config config) {
    Number number = config.getNumber(KEY);
    if (number.doubleValue() != number.longValue()) {
      throw new ConfigException.BadValue(KEY, "not whole");
    }
    return number.longValue();
  }

  /** The library takes a number without a unit for milliseconds, which nobody means. */
  private static Object time(Config config) {
    String text = config.getString(KEY).strip();
    if (!text.equals("0") && !ENDS_WITH_UNIT.matcher(text).find()) {
      throw new ConfigException.BadValue(KEY, "no unit");
    }
    return config.getDuration(KEY);
  }
}
