package io.castalia.actors.group;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.actors.topic.TopicDescription;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which topics the expressions of members match, remembered until topics change. Time is linear in
 * the length of a name, whatever the expression.
 */
final class TopicPatterns {
  /** More expressions make it forget all. */
  private static final int MAX_REMEMBERED = 1_000;

  private final Map<String, Matches> remembered = new ConcurrentHashMap<>();

  private record Matches(long version, Set<String> topics) {}

  /** What is wrong with an expression, if anything is. */
  static Optional<String> complaint(String regex) {
    try {
      Pattern.compile(regex);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(e.getDescription());
    }
  }

  /** The topics whose whole name an expression matches. */
  Set<String> matching(String regex, TopicCatalog catalog) {
    Matches known = remembered.get(regex);
    if (known != null && known.version() == catalog.version()) {
      return known.topics();
    }
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.clear();
    }
    Pattern pattern = Pattern.compile(regex);
    Set<String> topics =
        catalog.all().stream()
            .map(TopicDescription::name)
            .filter(pattern::matches)
            .collect(Collectors.toUnmodifiableSet());
    remembered.put(regex, new Matches(catalog.version(), topics));
    return topics;
  }
}
