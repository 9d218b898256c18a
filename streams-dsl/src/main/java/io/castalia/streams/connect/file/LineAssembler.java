package io.castalia.streams.connect.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/**
 * Makes records of a file's bytes: lines, or several lines that belong together. A line is known to
 * be whole by its end, a record of several lines by the first line of the next.
 */
final class LineAssembler {
  /** A longer record is cut, so that it fits into one message. */
  static final int MAX_RECORD_BYTES = 512 * 1024;

  private final Optional<Pattern> first;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private boolean pending;
  private long recordEnd;
  private long read;

  /**
   * An assembler.
   *
   * @param first what the first line of a record of several lines matches somewhere; nothing: each
   *     line is a record
   * @param offset of the first byte to come
   */
  LineAssembler(Optional<Pattern> first, long offset) {
    this.first = first;
    this.read = offset;
    this.recordEnd = offset;
  }

  /** A record and the offset behind it. */
  record Line(ByteString bytes, long end) {}

  /** The records that are known to be whole with these bytes. */
  List<Line> add(ByteBuffer bytes) {
    List<Line> whole = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      read++;
      if (next != '\n') {
        line.write(next);
      }
      if (next == '\n' || line.size() >= MAX_RECORD_BYTES) {
        endLine(whole);
      }
    }
    return whole;
  }

  private void endLine(List<Line> whole) {
    byte[] ended = withoutReturn(line.toByteArray());
    line.reset();
    boolean begins =
        first.isEmpty()
            || first.get().matcher(new String(ended, StandardCharsets.UTF_8)).find()
            || record.size() + ended.length > MAX_RECORD_BYTES;
    if (begins) {
      endRecord().ifPresent(whole::add);
    } else if (pending) {
      record.write('\n');
    }
    record.writeBytes(ended);
    recordEnd = read;
    pending = true;
    if (first.isEmpty()) {
      endRecord().ifPresent(whole::add);
    }
  }

  private static byte[] withoutReturn(byte[] ended) {
    int length = ended.length;
    return length > 0 && ended[length - 1] == '\r' ? Arrays.copyOf(ended, length - 1) : ended;
  }

  /** Whether whole lines wait for others that may belong to them. */
  boolean isPending() {
    return pending;
  }

  /** What has come of the record: no more lines will. */
  Optional<Line> endRecord() {
    if (!pending) {
      return Optional.empty();
    }
    Line ended = new Line(ByteString.fromArrayUnsafe(record.toByteArray()), recordEnd);
    record.reset();
    pending = false;
    return Optional.of(ended);
  }

  /** The file is at its end for good: also a line without an end is whole. */
  List<Line> end() {
    List<Line> whole = new ArrayList<>();
    if (line.size() > 0) {
      endLine(whole);
    }
    endRecord().ifPresent(whole::add);
    return whole;
  }
}
