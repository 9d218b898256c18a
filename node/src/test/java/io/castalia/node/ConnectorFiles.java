package io.castalia.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files that connectors follow, and files that they write. */
public final class ConnectorFiles {
  private ConnectorFiles() {}

  /** Adds to a file, which need not be there yet. */
  public static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The complete files of a sink, in the order in which it wrote them; none at first. */
  public static List<Path> written(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(each -> each.toString().endsWith(".log")).sorted().toList();
    }
  }

  /** What is in them. */
  public static List<String> writtenLines(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : written(directory)) {
      lines.addAll(Files.readAllLines(file, UTF_8));
    }
    return lines;
  }
}
