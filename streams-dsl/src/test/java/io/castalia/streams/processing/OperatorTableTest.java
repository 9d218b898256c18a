package io.castalia.streams.processing;

import static io.castalia.streams.processing.Bench.AS_TEXT;
import static io.castalia.streams.processing.Bench.STRINGS;
import static io.castalia.streams.processing.Bench.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on processing tells of all operators, and a test uses each. */
class OperatorTableTest {
  private static final Path TESTS = Path.of("src/test/java/io/castalia/streams/processing");

  /** They end a topology, or hand it over. */
  private static final Set<String> NO_OPERATORS = Set.of("build");

  private static Set<String> operators(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .filter(name -> !NO_OPERATORS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String table() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("../docs/processing.md"))) {
      return lines
          .dropWhile(line -> !line.equals("## Operators"))
          .takeWhile(line -> !line.equals("## Seeing it"))
          .filter(line -> line.startsWith("|"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String tests() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(TESTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StreamsBuilder.class,
        KStream.class,
        BranchedKStream.class,
        KTable.class,
        KGroupedStream.class,
        KGroupedTable.class,
        CogroupedKStream.class,
        TimeWindowedCogroupedKStream.class,
        SessionWindowedCogroupedKStream.class,
        TimeWindowedKStream.class,
        SessionWindowedKStream.class
      })
  void shouldTellOfEachOperator(Class<?> type) throws IOException {
    String table = table();
    String tests = tests();

    assertThat(operators(type))
        .isNotEmpty()
        .allSatisfy(
            name -> {
              assertThat(table).containsPattern("[`.]" + name + "[`(]");
              assertThat(tests).contains("." + name + "(");
            });
  }

  @Test
  void shouldFilterTables() {
    Bench bench =
        new Bench(
            builder -> {
              KTable<String, String> table = builder.table("in", TEXT);
              table.filter((key, value) -> value.equals("x")).toStream().to("kept", AS_TEXT);
              table
                  .filterNot((key, value) -> value.equals("x"))
                  .mapValues(value -> value + "!", Materialized.with(STRINGS, STRINGS))
                  .toStream((key, value) -> key + key)
                  .to("others", AS_TEXT);
            });

    bench.in("in", "a=x", "b=y", "a=y", "b=x", "a=-");

    assertThat(bench.out("kept")).isEqualTo(List.of("a=x", "a=-", "b=x"));
    assertThat(bench.out("others")).isEqualTo(List.of("bb=y!", "aa=y!", "bb=-", "aa=-"));
  }
}
