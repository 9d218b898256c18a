package io.castalia.streams.connect;

/**
 * The beginning of keys whose rest is the name of something that another program knows.
 *
 * @param text the beginning, with its last dot
 * @param expected what the rest must be, in words for people
 * @param purpose what such keys are for
 */
public record ConfigPrefix(String text, String expected, String purpose) {
  boolean begins(String key) {
    return key.startsWith(text);
  }
}
