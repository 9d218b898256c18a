package io.castalia.bench.applications;

/** What an application makes of its input topic. */
public enum Work {
  /** Without state: leaves records out that begin with {@link #LEFT_OUT}, changes the others. */
  STATELESS("filter, map"),
  /** With state: counts the records of each key, and gives each new count. */
  COUNT("count by key");

  /** The first character of values that the stateless work leaves out. */
  public static final char LEFT_OUT = '-';

  /** The store of the counts. */
  static final String COUNTS = "counts";

  private final String title;

  Work(String title) {
    this.title = title;
  }

  /** In a few words. */
  public String title() {
    return title;
  }

  static boolean passes(String value) {
    return value.isEmpty() || value.charAt(0) != LEFT_OUT;
  }
}
