package io.castalia.streams.connect.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The files of one partition: each is named after its first record's offset. A file beside them
 * says which is the last, how long it is and which record comes next; what is longer was never
 * acknowledged and is cut, and what comes again is left out. So each record is written once, as
 * long as the directory is the same.
 */
final class RollingFile implements AutoCloseable {
  private static final byte[] NEW_LINE = "\n".getBytes(StandardCharsets.UTF_8);
  private static final int FIELDS = 3;

  private final Path directory;
  private final String partition;
  private final long rollBytes;
  private Progress progress;
  private @Nullable FileChannel file;

  /**
   * How far the files are.
   *
   * @param file the last file's name; empty if there is none yet
   * @param length of that file, in bytes
   * @param next offset of the next record
   */
  private record Progress(String file, long length, long next) {
    private static final Progress NONE = new Progress("", 0, 0);

    private String text() {
      return "%s %s %s".formatted(file, length, next);
    }

    private static Progress parse(Path path) throws IOException {
      String[] fields = Files.readString(path).strip().split(" ", -1);
      if (fields.length != FIELDS) {
        throw new IOException(
            "expected FILE LENGTH OFFSET in "
                + path
                + ", but there were "
                + fields.length
                + " words");
      }
      return new Progress(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2]));
    }
  }

  private RollingFile(Path directory, String partition, long rollBytes, Progress progress) {
    this.directory = directory;
    this.partition = partition;
    this.rollBytes = rollBytes;
    this.progress = progress;
  }

  /**
   * Goes on where a partition's files are.
   *
   * @param rollBytes a file that is as long as this is the last to grow
   */
  static RollingFile open(Path directory, String partition, long rollBytes) throws IOException {
    Path known = progressFile(directory, partition);
    return new RollingFile(
        directory,
        partition,
        rollBytes,
        Files.exists(known) ? Progress.parse(known) : Progress.NONE);
  }

  private static Path progressFile(Path directory, String partition) {
    return directory.resolve(partition + ".progress");
  }

  /**
   * Appends the values of records, each on a line of its own, and returns when they are durable.
   */
  void append(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> fresh =
        records.stream().filter(each -> each.offset() >= progress.next()).toList();
    for (ConsumerRecord<byte[], byte[]> each : fresh) {
      write(fileFor(each.offset()), each);
    }
    if (!fresh.isEmpty()) {
      sync(fresh.get(fresh.size() - 1).offset() + 1);
    }
  }

  private FileChannel fileFor(long offset) throws IOException {
    FileChannel current = file;
    if (current == null && !progress.file().isEmpty()) {
      current = openFile(progress.file());
      current.truncate(progress.length());
      current.position(progress.length());
    }
    if (current == null || current.position() >= rollBytes) {
      if (current != null) {
        current.force(true);
        current.close();
      }
      progress = new Progress(fileName(offset), 0, progress.next());
      current = openFile(progress.file());
      current.truncate(0);
    }
    file = current;
    return current;
  }

  private String fileName(long offset) {
    return String.format(Locale.ROOT, "%s-%020d.log", partition, offset);
  }

  private FileChannel openFile(String name) throws IOException {
    Files.createDirectories(directory);
    return FileChannel.open(
        directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void write(FileChannel to, ConsumerRecord<byte[], byte[]> record)
      throws IOException {
    byte[] value = Optional.ofNullable(record.value()).orElse(new byte[0]);
    ByteBuffer line = ByteBuffer.allocate(value.length + NEW_LINE.length).put(value).put(NEW_LINE);
    line.flip();
    while (line.hasRemaining()) {
      to.write(line);
    }
  }

  private void sync(long next) throws IOException {
    FileChannel current = Objects.requireNonNull(file, "a file that has been opened");
    current.force(true);
    progress = new Progress(progress.file(), current.position(), next);
    Path known = progressFile(directory, partition);
    Path fresh = directory.resolve(partition + ".progress.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(progress.text().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(fresh, known, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
