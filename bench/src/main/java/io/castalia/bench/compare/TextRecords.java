package io.castalia.bench.compare;

import io.castalia.bench.server.ProjectPaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Text as people publish it: lines of a web server's log, several to a record, one record a line.
 *
 * @param file with the records
 * @param meanBytes of a record
 */
record TextRecords(Path file, int meanBytes) {

  /** Makes the file out of the example's log. */
  static TextRecords in(Path directory, int leastBytes) {
    List<String> records = joined(lines(ProjectPaths.accessLog()), leastBytes);
    Path file = directory.resolve("records-" + leastBytes + ".txt");
    try {
      Files.createDirectories(directory);
      Files.write(file, records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long bytes = records.stream().mapToLong(r -> r.getBytes(StandardCharsets.UTF_8).length).sum();
    return new TextRecords(file, (int) (bytes / records.size()));
  }

  static List<String> joined(List<String> lines, int leastBytes) {
    List<String> records = new ArrayList<>();
    StringBuilder record = new StringBuilder();
    for (String line : lines) {
      record.append(line).append(' ');
      if (record.length() >= leastBytes) {
        records.add(record.toString());
        record.setLength(0);
      }
    }
    return records;
  }

  private static List<String> lines(Path compressed) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(compressed)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
