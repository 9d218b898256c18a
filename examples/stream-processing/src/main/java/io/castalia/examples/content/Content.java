package io.castalia.examples.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is published, as {@code key=value} lines.
 *
 * @param authors names by id
 * @param articles by id, as their authors sent them
 */
record Content(Map<String, String> authors, Map<String, String> articles) {

  /** What comes with the example. */
  static Content shipped() {
    return new Content(pairs("/authors.txt"), pairs("/articles.txt"));
  }

  private static Map<String, String> pairs(String resource) {
    Map<String, String> pairs = new TreeMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Content.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .forEach(
              line -> {
                int split = line.indexOf('=');
                pairs.put(line.substring(0, split), line.substring(split + 1));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pairs;
  }

  /** How many articles each route is to get, by a plain loop over them. */
  Map<String, Integer> expected() {
    Map<String, List<String>> byRoute = new TreeMap<>();
    Routing.ROUTES.forEach(route -> byRoute.put(route, new ArrayList<>()));
    articles.forEach((id, line) -> Objects.requireNonNull(byRoute.get(routeOf(line))).add(id));
    Map<String, Integer> counts = new TreeMap<>();
    byRoute.forEach((route, ids) -> counts.put(route, ids.size()));
    return counts;
  }

  private String routeOf(String line) {
    String[] fields = line.split("\\|", -1);
    if (fields.length < 3 || fields[0].isBlank()) {
      return Routing.REFUSED;
    }
    if (!authors.containsKey(fields[0])) {
      return Routing.UNSIGNED;
    }
    return fields[1].equals("news") ? Routing.NEWSROOM : Routing.MAGAZINE;
  }
}
