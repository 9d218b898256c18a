package io.castalia.bench.groups;

/** So many groups of so many members each. */
record GroupShape(int groups, int members) {
  GroupShape {
    if (groups < 1 || members < 1) {
      throw new IllegalArgumentException(
          "expected at least one group of one member, but it was %dx%d".formatted(groups, members));
    }
  }

  /** Reads GROUPSxMEMBERS. */
  static GroupShape parse(String text) {
    String[] parts = text.split("x", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "expected GROUPSxMEMBERS, as in 100x10, but it was \"" + text + "\"");
    }
    return new GroupShape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  int total() {
    return groups * members;
  }

  @Override
  public String toString() {
    return groups + "x" + members;
  }
}
