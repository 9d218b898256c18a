package io.castalia.examples.accounts;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The accounts of one partition, as the events before an offset make them.
 *
 * @param next the offset of the first event that is not in it
 * @param accounts by name
 */
record Snapshot(long next, Map<String, Account> accounts) {
  static final Snapshot EMPTY = new Snapshot(0, Map.of());

  private static final String BETWEEN = " ";

  Snapshot {
    accounts = Map.copyOf(accounts);
  }

  Account account(String name) {
    return accounts.getOrDefault(name, Account.NEW);
  }

  /** Whether the event at an offset happened, or is void. */
  boolean accepts(String name, Event event) {
    return account(name).after(event).isPresent();
  }

  /** With an event, if it is not void. */
  Snapshot after(long offset, String name, Event event) {
    Map<String, Account> changed = new TreeMap<>(accounts);
    account(name).after(event).ifPresent(account -> changed.put(name, account));
    return new Snapshot(offset + 1, changed);
  }

  /** The offset, and NAME:VERSION:CENTS for each account. */
  String text() {
    return next
        + new TreeMap<>(accounts)
            .entrySet().stream()
                .map(
                    each ->
                        BETWEEN
                            + each.getKey()
                            + ":"
                            + each.getValue().version()
                            + ":"
                            + each.getValue().cents())
                .collect(Collectors.joining());
  }

  static Snapshot parse(String text) {
    String[] words = text.split(BETWEEN, -1);
    return new Snapshot(
        Long.parseLong(words[0]),
        Arrays.stream(words)
            .skip(1)
            .map(word -> word.split(":", -1))
            .collect(
                Collectors.toMap(
                    parts -> parts[0],
                    parts -> new Account(Long.parseLong(parts[1]), Long.parseLong(parts[2])))));
  }
}
