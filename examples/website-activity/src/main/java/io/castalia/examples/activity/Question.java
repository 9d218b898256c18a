package io.castalia.examples.activity;

import java.util.Locale;
import java.util.Optional;

/** What is asked about the requests. Each question has a consumer group that answers it. */
enum Question {
  /** How often was each page asked for? */
  PAGES,
  /** Which requests failed, and how often? */
  FAILURES;

  /** What a line of the log is counted as, if it is. */
  Optional<String> countedAs(String line) {
    Optional<LogLine> request = LogLine.parse(line);
    return switch (this) {
      case PAGES -> request.map(LogLine::page);
      case FAILURES ->
          request.filter(LogLine::failed).map(failed -> failed.status() + " " + failed.page());
    };
  }

  /** The consumer group that answers it. */
  String group(String topic) {
    return topic + "-" + name().toLowerCase(Locale.ROOT);
  }

  /** The topic with the group's results, which has as many partitions as the requests'. */
  String resultsTopic(String topic) {
    return group(topic) + "-results";
  }
}
