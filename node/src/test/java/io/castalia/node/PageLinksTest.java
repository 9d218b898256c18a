package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages are moved and renumbered; what links to them has to follow. */
class PageLinksTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)(#[^)]*)?\\)");

  @Test
  void shouldLinkToPagesThatAreThere() throws IOException {
    List<Path> pages = pages();

    assertThat(pages).contains(HOME.resolve("README.md"));
    assertThat(pages.stream().flatMap(PageLinksTest::broken)).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> own = Files.list(HOME);
        Stream<Path> docs = Files.walk(HOME.resolve("docs"));
        Stream<Path> deploy = Files.walk(HOME.resolve("deploy"));
        Stream<Path> examples = Files.walk(HOME.resolve("examples"), 2)) {
      return Stream.of(own, docs, deploy, examples)
          .flatMap(each -> each)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }

  private static Stream<String> broken(Path page) {
    return LINK.matcher(text(page))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !Files.exists(page.resolveSibling(link)))
        .map(link -> page + " links to " + link);
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new IllegalStateException("expected to read " + page, e);
    }
  }
}
