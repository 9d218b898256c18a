package io.castalia.streams.connect;

import java.util.function.Predicate;

/**
 * The beginning of keys whose rest is the name of something that another program knows.
 *
 * @param text the beginning, with its last dot
 * @param expected what the rest must be, in words for people
 * @param purpose what such keys are for
 * @param secrets says of the rest of a key whether its value is shown to nobody
 */
public record ConfigPrefix(
    String text, String expected, String purpose, Predicate<String> secrets) {
  boolean begins(String key) {
    return key.startsWith(text);
  }

  boolean isSecret(String key) {
    return begins(key) && secrets.test(key.substring(text.length()));
  }
}
