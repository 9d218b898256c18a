package io.castalia.bench.streams;

import io.castalia.bench.applications.Work;
import io.castalia.bench.compare.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Results as Markdown tables: medians, the spread in parentheses, ratios to the first side. */
final class StreamsTable {
  private static final String SPEEDS =
      """
      | work | side | records/s | first : this | server CPU us/record | application CPU us/record \
      | application peak RSS MB |
      |---|---|---|---|---|---|---|
      """;
  private static final String RESUMPTIONS =
      """

      | state MB | side | built in s | at work after s | goes on after s | this : first |
      |---|---|---|---|---|---|
      """;

  private StreamsTable() {}

  static String format(List<Speed> speeds, List<Resumption> resumptions) {
    StringBuilder text = new StringBuilder();
    if (!speeds.isEmpty()) {
      text.append(SPEEDS);
    }
    for (Work work : speeds.stream().map(Speed::work).distinct().toList()) {
      List<Speed> ofWork = speeds.stream().filter(each -> each.work() == work).toList();
      ofWork.stream()
          .map(Speed::platform)
          .distinct()
          .forEach(platform -> text.append(speed(ofWork, platform)));
    }
    if (!resumptions.isEmpty()) {
      text.append(RESUMPTIONS);
    }
    resumptions.stream()
        .map(Resumption::platform)
        .distinct()
        .forEach(platform -> text.append(resumption(resumptions, platform)));
    return text.toString();
  }

  private static String speed(List<Speed> all, String platform) {
    List<Speed> own = all.stream().filter(each -> each.platform().equals(platform)).toList();
    List<Speed> first =
        all.stream().filter(each -> each.platform().equals(all.get(0).platform())).toList();
    return line(
        own.get(0).work().title(),
        platform,
        cell(own, Speed::recordsPerSecond, 0),
        number(median(first, Speed::recordsPerSecond) / median(own, Speed::recordsPerSecond), 2),
        cell(own, Speed::serverCpuMicros, 1),
        cell(own, Speed::applicationCpuMicros, 1),
        number(Spread.of(own, each -> each.applicationPeakBytes() / 1e6).highest(), 0));
  }

  private static String resumption(List<Resumption> all, String platform) {
    List<Resumption> own = all.stream().filter(each -> each.platform().equals(platform)).toList();
    List<Resumption> first =
        all.stream().filter(each -> each.platform().equals(all.get(0).platform())).toList();
    return line(
        number(own.get(0).stateBytes() / 1e6, 0),
        platform,
        cell(own, Resumption::buildSeconds, 1),
        cell(own, Resumption::readySeconds, 1),
        cell(own, Resumption::resumeSeconds, 1),
        number(
            median(own, Resumption::resumeSeconds) / median(first, Resumption::resumeSeconds), 2));
  }

  private static String line(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static <T> double median(List<T> samples, ToDoubleFunction<T> figure) {
    return Spread.of(samples, figure).median();
  }

  private static <T> String cell(List<T> samples, ToDoubleFunction<T> figure, int digits) {
    return Spread.of(samples, figure).format(digits);
  }
}
