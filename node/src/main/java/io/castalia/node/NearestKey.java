package io.castalia.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What somebody may have meant by a key that there is not. */
final class NearestKey {
  /** Of so many letters, one may be wrong. */
  private static final int LETTERS_PER_MISTAKE = 3;

  private NearestKey() {}

  /**
   * The key that has this name elsewhere, else the one of the same section with the most similar
   * name.
   *
   * @param unknown a whole path
   * @param known whole paths
   */
  static Optional<String> to(String unknown, Collection<String> known) {
    String section = section(unknown);
    return nearest(unknown, known, key -> name(key).equals(name(unknown)))
        .or(() -> nearest(unknown, known, key -> section(key).equals(section)));
  }

  private static Optional<String> nearest(
      String unknown, Collection<String> known, Predicate<String> eligible) {
    int mistakes = 1 + name(unknown).length() / LETTERS_PER_MISTAKE;
    return known.stream()
        .filter(eligible)
        .filter(key -> distance(name(key), name(unknown)) <= mistakes)
        .min(
            Comparator.<String>comparingInt(key -> distance(key, unknown))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String section(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Levenshtein's: letters to insert, remove or replace. */
  static int distance(String one, String other) {
    int[] row = IntStream.rangeClosed(0, other.length()).toArray();
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
