package io.castalia.examples.content;

/**
 * An article as it is published.
 *
 * @param author id of its author
 * @param byline the author's name; empty as long as it is not known
 */
record Article(String author, String section, String title, String byline) {
  private static final int FIELDS = 3;

  /** Reads {@code author|section|title}. */
  static Article parse(String line) {
    String[] fields = line.split("\\|", FIELDS);
    if (fields.length < FIELDS || fields[0].isBlank()) {
      throw new IllegalArgumentException(
          "expected author|section|title, but it was \"%s\"".formatted(line));
    }
    return new Article(fields[0], fields[1], fields[2], "");
  }

  Article by(String name) {
    return new Article(author, section, title, name);
  }

  boolean hasByline() {
    return !byline.isEmpty();
  }
}
