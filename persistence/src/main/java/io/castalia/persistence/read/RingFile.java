package io.castalia.persistence.read;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A file in which what is new is written over what is oldest. One thread appends, any may read. It
 * is gone when it is closed or its process ends.
 */
final class RingFile implements Closeable {
  private final FileChannel channel;
  private final long capacity;

  /** The address from which on nothing is being written over, nor will be by what is under way. */
  private volatile long first;

  private long end;

  private RingFile(FileChannel channel, long capacity) {
    this.channel = channel;
    this.capacity = capacity;
  }

  /**
   * A new file in a directory, which is made if it is absent.
   *
   * @param capacity in bytes; the file takes no more than that
   */
  static RingFile in(Path directory, long capacity) throws IOException {
    Path file = Files.createTempFile(Files.createDirectories(directory), "recent-rows-", "");
    return new RingFile(
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE),
        capacity);
  }

  /** In bytes. */
  long capacity() {
    return capacity;
  }

  /** Whether what was appended there is there still. */
  boolean has(long address) {
    return address >= first;
  }

  /**
   * Appends bytes, of which there are no more than {@link #capacity}.
   *
   * @return the address at which to read them
   */
  long append(ByteString bytes) throws IOException {
    int size = bytes.length();
    long address = end % capacity + size > capacity ? (end / capacity + 1) * capacity : end;
    // Before the first byte is written over: who reads meanwhile looks at this afterwards.
    first = Math.max(first, address + size - capacity);
    long position = address % capacity;
    for (ByteBuffer part : bytes.getByteBuffers()) {
      while (part.hasRemaining()) {
        position += channel.write(part, position);
      }
    }
    end = address + size;
    return address;
  }

  /** What was appended at an address, unless it has been written over. */
  Optional<ByteString> read(long address, int size) throws IOException {
    if (!has(address)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, address % capacity + bytes.position()) < 0) {
        throw new EOFException(
            "expected %d bytes at %d, but found %d".formatted(size, address, bytes.position()));
      }
    }
    return has(address) ? Optional.of(ByteString.fromArrayUnsafe(bytes.array())) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
