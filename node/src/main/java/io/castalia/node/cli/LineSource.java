package io.castalia.node.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Lines of bytes, in whatever encoding: what stands between line feeds, untouched. A last line
 * without a line feed counts.
 */
final class LineSource {
  static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

  private final BufferedInputStream in;
  private long lines;

  LineSource(InputStream in) {
    this.in = new BufferedInputStream(in, 64 * 1024);
  }

  /**
   * The next line without its line feed, or empty at the end of the input.
   *
   * @throws CommandFailure if the line is longer than {@link #MAX_LINE_BYTES}
   */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    lines++;
    while (next >= 0 && next != '\n') {
      line.write(next);
      if (line.size() > MAX_LINE_BYTES) {
        throw new CommandFailure(
            "line %d is longer than %d bytes".formatted(lines, MAX_LINE_BYTES));
      }
      next = in.read();
    }
    return Optional.of(line.toByteArray());
  }

  /** How many lines have been begun so far. */
  long count() {
    return lines;
  }
}
