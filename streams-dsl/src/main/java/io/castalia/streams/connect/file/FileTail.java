package io.castalia.streams.connect.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows one file as it grows, also when it is renamed and another begins under its name, or when
 * it is emptied. After a pause it goes on in the renamed file and in those that came between, as
 * long as they are in the same directory and their names begin with the file's. For one thread at a
 * time.
 */
final class FileTail implements AutoCloseable {
  private static final int READ_BYTES = 256 * 1024;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Path path;
  private final Optional<Pattern> first;
  private final long patienceMillis;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private Optional<FileMark> mark;
  private @Nullable FileChannel file;
  private @Nullable LineAssembler lines;
  private String inode = "";
  private long offset;
  private long quietSince;

  /**
   * A tail.
   *
   * @param first see {@link LineAssembler}
   * @param patience how long a record of several lines waits for its next line
   * @param mark where to go on; nothing: at the beginning
   */
  FileTail(Path path, Optional<Pattern> first, Duration patience, Optional<FileMark> mark) {
    this.path = path;
    this.first = first;
    this.patienceMillis = patience.toMillis();
    this.mark = mark;
  }

  /** A record and the place behind it. */
  record Found(LineAssembler.Line line, FileMark mark) {}

  /** What has come; nothing if that is nothing. Blocks for no longer than to read. */
  List<Found> read() throws IOException {
    if (file == null && !open()) {
      return List.of();
    }
    FileChannel current = opened();
    if (current.size() < offset) {
      begin(path, 0);
      return List.of();
    }
    buffer.clear();
    int read = current.read(buffer, offset);
    if (read > 0) {
      offset += read;
      quietSince = millis();
      return marked(assembler().add(buffer.flip()));
    }
    return hasSuccessor() ? leave() : pendingWhenPatienceIsOver();
  }

  private boolean open() throws IOException {
    Optional<FileMark> known = mark;
    mark = Optional.empty();
    if (known.isPresent()) {
      for (Path each : generations()) {
        if (known.get().isIn(each)) {
          begin(each, known.get().offset());
          return true;
        }
      }
    }
    if (FileMark.inodeOf(path).isEmpty()) {
      mark = known;
      return false;
    }
    begin(path, 0);
    return true;
  }

  /** The file and what it was renamed to, from old to new. */
  private List<Path> generations() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    String name = String.valueOf(path.getFileName());
    if (directory == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(each -> String.valueOf(each.getFileName()).startsWith(name))
          .filter(Files::isRegularFile)
          .sorted(
              Comparator.comparing(FileTail::modified)
                  .thenComparing(each -> each.equals(path.toAbsolutePath()) ? 1 : 0))
          .toList();
    }
  }

  private static long modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  private void begin(Path next, long at) throws IOException {
    close();
    inode = FileMark.inodeOf(next).orElse("");
    file = FileChannel.open(next, StandardOpenOption.READ);
    lines = new LineAssembler(first, at);
    offset = at;
    quietSince = millis();
  }

  private boolean hasSuccessor() throws IOException {
    Optional<String> current = FileMark.inodeOf(path);
    return current.isPresent() && !current.get().equals(inode);
  }

  /** No more comes to a file that has been renamed and read to its end. */
  private List<Found> leave() throws IOException {
    if (millis() - quietSince < patienceMillis) {
      return List.of();
    }
    List<Found> rest = marked(assembler().end());
    begin(successor(), 0);
    return rest;
  }

  private Path successor() throws IOException {
    List<Path> all = generations();
    for (int i = 0; i < all.size() - 1; i++) {
      if (FileMark.inodeOf(all.get(i)).equals(Optional.of(inode))) {
        return all.get(i + 1);
      }
    }
    return path;
  }

  private List<Found> pendingWhenPatienceIsOver() throws IOException {
    return assembler().isPending() && millis() - quietSince >= patienceMillis
        ? marked(assembler().endRecord().stream().toList())
        : List.of();
  }

  private List<Found> marked(List<LineAssembler.Line> whole) throws IOException {
    if (whole.isEmpty()) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    FileMark head = FileMark.of(inode, opened(), whole.get(0).end());
    for (LineAssembler.Line line : whole) {
      found.add(new Found(line, head.at(line.end())));
    }
    return found;
  }

  private FileChannel opened() {
    return Objects.requireNonNull(file, "a file that has been opened");
  }

  private LineAssembler assembler() {
    return Objects.requireNonNull(lines, "a file that has been opened");
  }

  private static long millis() {
    return System.nanoTime() / NANOS_PER_MILLI;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
