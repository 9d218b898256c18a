package io.castalia.node.kafka;

import io.castalia.actors.topic.ConfigChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Applies changes to overrides, lists being appended to and subtracted from their values. */
final class FakeConfigChanges {
  private FakeConfigChanges() {}

  static Map<String, String> apply(
      List<ConfigChange> changes, Map<String, String> overrides, Map<String, String> effective) {
    Map<String, String> after = new HashMap<>(overrides);
    for (ConfigChange change : changes) {
      String name = change.name();
      List<String> items =
          new ArrayList<>(
              List.of(after.getOrDefault(name, effective.getOrDefault(name, "")).split(",")));
      items.removeIf(String::isEmpty);
      switch (change.operation()) {
        case SET -> after.put(name, change.value());
        case DELETE -> after.remove(name);
        case APPEND -> {
          items.add(change.value());
          after.put(name, String.join(",", items));
        }
        case SUBTRACT -> {
          items.remove(change.value());
          after.put(name, String.join(",", items));
        }
      }
    }
    return after;
  }
}
