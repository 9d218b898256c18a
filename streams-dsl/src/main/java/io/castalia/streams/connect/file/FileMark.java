package io.castalia.streams.connect.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A place in a file that is known again after it was renamed, and not taken for one in a file that
 * got its name or its inode.
 *
 * @param inode the file's, while it exists
 * @param offset in bytes
 * @param headBytes how many of the file's first bytes {@code headSum} sums up
 * @param headSum CRC-32 of the file's first bytes
 */
record FileMark(String inode, long offset, int headBytes, long headSum) {
  private static final int MAX_HEAD_BYTES = 256;
  private static final int FIELDS = 4;

  /** A place in an open file. */
  static FileMark of(String inode, FileChannel file, long offset) throws IOException {
    int headBytes = (int) Math.min(offset, MAX_HEAD_BYTES);
    return new FileMark(inode, offset, headBytes, sum(file, headBytes));
  }

  static Optional<FileMark> parse(String text) {
    String[] fields = text.split(" ", -1);
    return fields.length == FIELDS
        ? Optional.of(
            new FileMark(
                fields[0],
                Long.parseLong(fields[1]),
                Integer.parseInt(fields[2]),
                Long.parseLong(fields[3])))
        : Optional.empty();
  }

  /** The same place with another offset behind it. */
  FileMark at(long next) {
    return new FileMark(inode, next, headBytes, headSum);
  }

  String text() {
    return "%s %s %s %s".formatted(inode, offset, headBytes, headSum);
  }

  /** Whether a file is the one that this is a place in. */
  boolean isIn(Path path) throws IOException {
    if (!inodeOf(path).equals(Optional.of(inode)) || Files.size(path) < offset) {
      return false;
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return sum(file, headBytes) == headSum;
    }
  }

  /** What tells a file from others at the same time; nothing if there is no such file. */
  static Optional<String> inodeOf(Path path) throws IOException {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return attributes.isRegularFile()
          ? Optional.of(String.valueOf(key).replace(' ', '_'))
          : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private static long sum(FileChannel file, int bytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(bytes);
    long position = 0;
    while (head.hasRemaining()) {
      int read = file.read(head, position);
      if (read < 0) {
        break;
      }
      position += read;
    }
    CRC32 sum = new CRC32();
    sum.update(head.flip());
    return sum.getValue();
  }
}
