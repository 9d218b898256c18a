package io.castalia.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnbegunSegmentsTest {
  private static final int BLOCK = 4096;

  @TempDir private Path commitLog;

  @Test
  void shouldSetAsideASegmentWithoutAByte() throws IOException {
    Path segment = segment(1, new byte[0]);

    assertThat(UnbegunSegments.setAside(commitLog)).containsExactly(broken(segment));
    assertThat(segment).doesNotExist();
    assertThat(broken(segment)).exists();
  }

  @Test
  void shouldSetAsideASegmentThatEndsWithinItsHeader() throws IOException {
    byte[] headerWithoutItsLastByte = Arrays.copyOf(begun(), 19);
    Path segment = segment(1, headerWithoutItsLastByte);

    assertThat(UnbegunSegments.setAside(commitLog)).containsExactly(broken(segment));
  }

  @Test
  void shouldSetAsideASegmentOfZeros() throws IOException {
    Path segment = segment(1, new byte[50 * BLOCK]);

    assertThat(UnbegunSegments.setAside(commitLog)).containsExactly(broken(segment));
  }

  @Test
  void shouldLeaveASegmentThatWasBegunHoweverWrongItIs() throws IOException {
    segment(1, begun());
    byte[] wrongHeader = begun();
    wrongHeader[17]++;
    segment(2, wrongHeader);
    byte[] noHeaderButSomethingBehind = new byte[50 * BLOCK];
    noHeaderButSomethingBehind[50 * BLOCK - 1] = 1;
    segment(3, noHeaderButSomethingBehind);

    assertThat(UnbegunSegments.setAside(commitLog)).isEmpty();
    assertThat(commitLog.resolve(UnbegunSegments.BROKEN)).doesNotExist();
  }

  @Test
  void shouldLeaveWhatIsNoSegment() throws IOException {
    Files.createFile(commitLog.resolve("CommitLog-8-1_cdc.idx"));
    Files.createFile(commitLog.resolve("notes.log"));

    assertThat(UnbegunSegments.setAside(commitLog)).isEmpty();
  }

  @Test
  void shouldFindNothingWhereThereIsNoCommitLogYet() throws IOException {
    assertThat(UnbegunSegments.in(commitLog.resolve("absent"))).isEmpty();
  }

  private Path segment(int id, byte[] content) throws IOException {
    return Files.write(commitLog.resolve("CommitLog-8-" + id + ".log"), content);
  }

  private Path broken(Path segment) {
    return commitLog.resolve(UnbegunSegments.BROKEN).resolve(segment.getFileName());
  }

  /** The first block of a segment of Cassandra 5.0.9. */
  private static byte[] begun() {
    byte[] header = {0, 0, 0, 8, 0, 0, 1, -102, 11, 22, 33, 44, 0, 2, '{', '}', 5, 6, 7, 8};
    return Arrays.copyOf(header, BLOCK);
  }
}
