package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One scenario as a picture: a bar to the median for each side, a line from the lowest to the
 * highest, and under each name what an acknowledgement promises.
 */
final class ComparisonPicture {

  private static final int WIDTH = 760;
  private static final int LEFT = 290;
  private static final int BARS = 330;
  private static final int TOP = 56;
  private static final int ROW = 46;
  private static final String FIRST_COLOUR = "#2a6f97";
  private static final String OTHER_COLOUR = "#a9b4c2";

  private final Scenario scenario;
  private final List<Broker> sides;

  ComparisonPicture(Scenario scenario, List<Broker> sides) {
    this.scenario = scenario;
    this.sides = List.copyOf(sides);
  }

  /** Writes {@code NAME.svg} into the directory. */
  void write(List<Sample> samples, Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(scenario.name() + ".svg"), svg(samples));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String svg(List<Sample> samples) {
    double most = Spread.of(samples, scenario.figure()::of).highest();
    List<Broker> present = sides.stream().filter(side -> !of(samples, side).isEmpty()).toList();
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < present.size(); i++) {
      Spread spread = Spread.of(of(samples, present.get(i)), scenario.figure()::of);
      rows.append(row(present.get(i), spread, i, BARS / most));
    }
    int height = TOP + ROW * present.size() + 12;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif">
    <rect width="100%%" height="100%%" fill="#ffffff"/>
    <text x="16" y="26" font-size="16" font-weight="bold">%s</text>
    <text x="16" y="44" font-size="12" fill="#555">%s; medians, lines from lowest to highest</text>
    %s</svg>
    """
        .formatted(WIDTH, height, escaped(scenario.title()), scenario.figure().unit(), rows);
  }

  private List<Sample> of(List<Sample> samples, Broker side) {
    return samples.stream().filter(sample -> sample.side().equals(side.name())).toList();
  }

  private static String row(Broker side, Spread spread, int index, double scale) {
    int top = TOP + ROW * index;
    int middle = top + 16;
    return String.format(
        Locale.ROOT,
        """
        <text x="16" y="%d" font-size="13">%s</text>
        <text x="16" y="%d" font-size="9" fill="#777">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="22" fill="%s"/>
        <line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#222" stroke-width="1.5"/>
        <text x="%.1f" y="%d" font-size="13">%s</text>
        """,
        top + 14,
        escaped(side.name()),
        top + 28,
        escaped(side.durability()),
        LEFT,
        top + 5,
        spread.median() * scale,
        index == 0 ? FIRST_COLOUR : OTHER_COLOUR,
        LEFT + spread.lowest() * scale,
        middle,
        LEFT + spread.highest() * scale,
        middle,
        LEFT + spread.highest() * scale + 8,
        middle + 5,
        number(spread.median()));
  }

  private static String number(double figure) {
    return String.format(Locale.ROOT, figure >= 1000 ? "%,.0f" : "%.1f", figure);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
