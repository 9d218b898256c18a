package io.castalia.streams.connect;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A key of a connector's configuration: what is expected of its value, and what it is for.
 *
 * @param <T> what its value means
 */
public final class ConfigKey<T> {
  private final String name;
  private final String expected;
  private final Function<String, Optional<T>> reading;
  private final Optional<T> defaultValue;
  private final String purpose;
  private final boolean secret;

  private ConfigKey(
      String name,
      String expected,
      Function<String, Optional<T>> reading,
      Optional<T> defaultValue,
      String purpose,
      boolean secret) {
    this.name = name;
    this.expected = expected;
    this.reading = reading;
    this.defaultValue = defaultValue;
    this.purpose = purpose;
    this.secret = secret;
  }

  /**
   * A key that must be given, unless {@link #withDefault} says what holds without.
   *
   * @param expected what a value must be, in words for people: "a whole number of at least 1"
   * @param reading gives nothing for a value that is not as expected
   * @param purpose what the key is for
   */
  public static <T> ConfigKey<T> of(
      String name, String expected, Function<String, Optional<T>> reading, String purpose) {
    return new ConfigKey<>(name, expected, reading, Optional.empty(), purpose, false);
  }

  /** A text that is not empty. */
  public static ConfigKey<String> text(String name, String purpose) {
    return of(name, "a text", value -> Optional.of(value).filter(text -> !text.isBlank()), purpose);
  }

  /** A text that is not empty and that nobody is shown. */
  public static ConfigKey<String> password(String name, String purpose) {
    ConfigKey<String> text = text(name, purpose);
    return new ConfigKey<>(name, text.expected, text.reading, Optional.empty(), purpose, true);
  }

  /** Texts between commas, at least one; one that comes again counts once. */
  public static ConfigKey<List<String>> list(String name, String purpose) {
    return of(
        name,
        "names between commas",
        value -> Optional.of(split(value)).filter(list -> !list.isEmpty()),
        purpose);
  }

  /** A whole number that an {@code int} can hold. */
  public static ConfigKey<Integer> count(String name, int least, String purpose) {
    return of(
        name,
        "a whole number of at least " + least,
        value -> number(value).filter(number -> number >= least),
        purpose);
  }

  /** Milliseconds, at least 1. */
  public static ConfigKey<Duration> millis(String name, String purpose) {
    return of(
        name,
        "milliseconds, at least 1",
        value -> longNumber(value).filter(number -> number >= 1).map(Duration::ofMillis),
        purpose);
  }

  /** One of an enumeration's names, whatever the case. */
  public static <E extends Enum<E>> ConfigKey<E> oneOf(
      String name, Class<E> kinds, String purpose) {
    List<E> all = List.of(kinds.getEnumConstants());
    return of(
        name,
        "one of " + all.stream().map(ConfigKey::lower).toList(),
        value -> {
          String given = value.strip().toLowerCase(Locale.ROOT);
          return all.stream().filter(kind -> lower(kind).equals(given)).findFirst();
        },
        purpose);
  }

  private static String lower(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> split(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .distinct()
        .toList();
  }

  private static Optional<Integer> number(String value) {
    return longNumber(value).filter(number -> number == number.intValue()).map(Long::intValue);
  }

  private static Optional<Long> longNumber(String value) {
    try {
      return Optional.of(Long.valueOf(value.strip()));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** The same key, which may be left out. */
  public ConfigKey<T> withDefault(T value) {
    return new ConfigKey<>(name, expected, reading, Optional.of(value), purpose, secret);
  }

  /** What it is called in a configuration. */
  public String name() {
    return name;
  }

  /** What a value must be, in words for people. */
  public String expected() {
    return expected;
  }

  /** What it is for, in words for people. */
  public String purpose() {
    return purpose;
  }

  /** Whether its value is shown to nobody. */
  public boolean isSecret() {
    return secret;
  }

  /** What holds when it is left out; nothing if it must not be. */
  public Optional<T> defaultValue() {
    return defaultValue;
  }

  /** The same as a configuration would have it. */
  public Optional<String> defaultText() {
    return defaultValue.map(ConfigKey::text);
  }

  private static String text(Object value) {
    if (value instanceof Duration time) {
      return Long.toString(time.toMillis());
    }
    return value instanceof Enum<?> kind ? lower(kind) : value.toString();
  }

  /**
   * The key's value.
   *
   * @throws ConnectorConfigException if it is missing or not as expected
   */
  T in(ConnectorConfig config) {
    return value(config)
        .orElseThrow(() -> new ConnectorConfigException(complaints(config).toList().toString()));
  }

  /** The key's value, or nothing if it was not given and has no default. */
  Optional<T> value(ConnectorConfig config) {
    return config.raw(name).flatMap(reading).or(() -> defaultValue);
  }

  /** What is wrong with the key's value: nothing or one text. */
  Stream<String> complaints(ConnectorConfig config) {
    Optional<String> given = config.raw(name);
    if (given.isEmpty()) {
      return defaultValue.isPresent()
          ? Stream.empty()
          : Stream.of("\"%s\": expected %s, but it was not given".formatted(name, expected));
    }
    return given.flatMap(reading).isPresent()
        ? Stream.empty()
        : Stream.of(
            "\"%s\": expected %s, but it was \"%s\""
                .formatted(name, expected, secret ? Secrets.HIDDEN : given.get()));
  }
}
