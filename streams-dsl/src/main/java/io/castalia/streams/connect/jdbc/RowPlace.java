package io.castalia.streams.connect.jdbc;

import java.sql.Timestamp;
import java.util.Optional;

/**
 * The place behind a row, in the order in which rows are asked for.
 *
 * @param changed when the row was changed; nothing without a timestamp column
 * @param number of the row
 */
record RowPlace(Optional<Timestamp> changed, long number) {
  private static final String SEPARATOR = "|";

  static RowPlace parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    return separator < 0
        ? new RowPlace(Optional.empty(), Long.parseLong(text))
        : new RowPlace(
            Optional.of(Timestamp.valueOf(text.substring(0, separator))),
            Long.parseLong(text.substring(separator + 1)));
  }

  String text() {
    return changed.map(time -> time + SEPARATOR).orElse("") + number;
  }
}
