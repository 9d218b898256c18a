package io.castalia.examples.accounts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened to an account. The record's key tells which.
 *
 * @param basis the account's version that was known when this was decided
 * @param cents what was paid in, or, below zero, out
 */
record Event(long basis, long cents) {
  private static final Pattern TEXT = Pattern.compile("basis=(\\d+) cents=(-?\\d+)");

  static Event parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected an event as \"basis=VERSION cents=AMOUNT\", but it was \"%s\"".formatted(text));
    }
    return new Event(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  String text() {
    return "basis=%d cents=%d".formatted(basis, cents);
  }
}
