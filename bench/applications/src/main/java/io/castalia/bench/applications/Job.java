package io.castalia.bench.applications;

import java.util.List;

/**
 * What an application is to do, as it is told on its command line.
 *
 * @param application its id
 * @param work what it makes of its input
 * @param input the topic that it reads
 * @param output the topic that it writes
 */
public record Job(String application, Work work, String input, String output) {
  /** What an application prints when it is at work. */
  public static final String READY = "The application is at work";

  private static final int ARGUMENTS = 4;

  /** As arguments of a command. */
  public List<String> arguments() {
    return List.of(application, work.name(), input, output);
  }

  /** The first arguments of a command. */
  static Job of(String... arguments) {
    if (arguments.length < ARGUMENTS) {
      throw new IllegalArgumentException(
          "expected an application, its work, its input and its output, but got "
              + List.of(arguments));
    }
    return new Job(arguments[0], Work.valueOf(arguments[1]), arguments[2], arguments[3]);
  }

  /** The argument behind those of the job. */
  static String behind(int index, String... arguments) {
    return arguments[ARGUMENTS + index];
  }
}
