package io.castalia.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;

/** What must hold of lines that were spread over partitions and read back. */
final class PartitionedLines {

  private PartitionedLines() {}

  /**
   * Every line is there as often as it was sent, and each partition has its lines in the order of
   * sending.
   */
  static void assertComplete(List<List<String>> partitions, List<String> sent) {
    assertThat(partitions.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(sent);
    partitions.forEach(lines -> assertInOrder(lines, sent));
  }

  private static void assertInOrder(List<String> lines, List<String> sent) {
    Iterator<String> rest = sent.iterator();
    for (String line : lines) {
      boolean found = false;
      while (!found && rest.hasNext()) {
        found = rest.next().equals(line);
      }
      assertThat(found).as("\"%s\" is in order", line).isTrue();
    }
  }
}
