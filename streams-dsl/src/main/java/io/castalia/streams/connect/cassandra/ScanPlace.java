package io.castalia.streams.connect.cassandra;

/**
 * The place behind a row, in a scan along the tokens of a range.
 *
 * @param window what the scan is for
 * @param token of the row's partition
 * @param key the row's primary key, which tells the row from others of that token
 */
record ScanPlace(ScanWindow window, long token, String key) {
  private static final char SEPARATOR = '|';
  private static final int PARTS = 4;

  static ScanPlace behind(TableRow row, ScanWindow window) {
    return new ScanPlace(window, row.token(), row.key());
  }

  static ScanPlace parse(String text) {
    String[] parts = text.split("\\" + SEPARATOR, PARTS);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          "expected AFTER|UP TO|TOKEN|KEY as a place in a table, but it was \"%s\""
              .formatted(text));
    }
    return new ScanPlace(
        new ScanWindow(Long.parseLong(parts[0]), Long.parseLong(parts[1])),
        Long.parseLong(parts[2]),
        parts[3]);
  }

  String text() {
    return "" + window.after() + SEPARATOR + window.upTo() + SEPARATOR + token + SEPARATOR + key;
  }
}
