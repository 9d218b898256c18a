package io.castalia.persistence.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RingFileTest {
  private static final int CAPACITY = 100;

  @TempDir private Path directory;

  @Test
  void shouldGiveBackWhatWasAppendedUntilItIsWrittenOver() throws IOException {
    try (RingFile file = RingFile.in(directory, CAPACITY)) {
      long a = file.append(bytes('a', 40));
      long b = file.append(bytes('b', 40));
      assertThat(file.read(a, 40)).contains(bytes('a', 40));

      // 20 bytes are left at the end, so that it begins anew
      long c = file.append(bytes('c', 30));

      assertThat(file.has(a)).isFalse();
      assertThat(file.read(a, 40)).isEmpty();
      assertThat(file.read(b, 40)).contains(bytes('b', 40));
      assertThat(file.read(c, 30)).contains(bytes('c', 30));
    }
  }

  @Test
  void shouldHoldAsMuchAsItsCapacity() throws IOException {
    try (RingFile file = RingFile.in(directory, CAPACITY)) {
      for (int round = 0; round < 3; round++) {
        char letter = (char) ('a' + round);
        long whole = file.append(bytes(letter, CAPACITY));
        assertThat(file.read(whole, CAPACITY)).contains(bytes(letter, CAPACITY));
      }
    }
  }

  @Test
  void shouldAppendBytesThatLieInSeveralPlaces() throws IOException {
    try (RingFile file = RingFile.in(directory, CAPACITY)) {
      long both = file.append(bytes('a', 3).concat(bytes('b', 3)));

      assertThat(file.read(both, 6)).contains(ByteString.fromString("aaabbb"));
    }
  }

  @Test
  void shouldLeaveNothingBehind() throws IOException {
    Path made = directory.resolve("a").resolve("b");
    try (RingFile file = RingFile.in(made, CAPACITY)) {
      file.append(bytes('a', 40));
    }
    try (Stream<Path> left = Files.list(made)) {
      assertThat(left).isEmpty();
    }
  }

  /** What is read while it is written over must not be taken for what was there. */
  @Test
  void shouldNeverGiveBackOtherBytesThanThoseAppended() throws Exception {
    int size = 10_000;
    long most = 20_000;
    AtomicLong newest = new AtomicLong(-1);
    try (RingFile file = RingFile.in(directory, 4L * size)) {
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < most; i++) {
                  append(file, i, size);
                  newest.set(i);
                }
              });
      writer.start();
      long found = 0;
      while (writer.isAlive() || found == 0) {
        long last = newest.get();
        for (long i = Math.max(0, last - 4); i <= last; i++) {
          Optional<ByteString> read = file.read(i * size, size);
          if (read.isPresent()) {
            found++;
            assertThat(read).contains(bytes((char) ('a' + i % 26), size));
          }
        }
      }
      writer.join();
      assertThat(newest).hasValue(most - 1);
    }
  }

  private static void append(RingFile file, int index, int size) {
    try {
      file.append(bytes((char) ('a' + index % 26), size));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteString bytes(char letter, int size) {
    return ByteString.fromString(String.valueOf(letter).repeat(size));
  }
}
