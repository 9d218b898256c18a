package io.castalia.bench.churn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A member that is a process: says on standard output what happens, and ends when it is told to on
 * standard input, or when that is closed.
 */
public final class MemberProcess {

  /** The first line that it prints: from now on it is about to join. */
  static final String READY = "ready";

  static final String LEAVE = "leave";
  static final String LEAVE_SILENTLY = "leave silently";

  private MemberProcess() {}

  /**
   * Runs until told to end.
   *
   * @param arguments the member's name, then {@link MemberSettings#arguments()}
   */
  public static void main(String[] arguments) {
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    MemberLoop loop =
        new MemberLoop(
            arguments[0],
            MemberSettings.of(rest),
            event -> out.println(EventLines.write(System.nanoTime(), event)));
    Thread ears = new Thread(() -> obey(loop), "orders");
    ears.setDaemon(true);
    ears.start();
    out.println(READY);
    loop.run();
  }

  private static void obey(MemberLoop loop) {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      String order = orders.readLine();
      if (order == null) {
        // Whoever started this is gone.
        Runtime.getRuntime().halt(1);
      } else if (order.equals(LEAVE_SILENTLY)) {
        loop.leaveSilently();
      } else {
        loop.leave();
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
