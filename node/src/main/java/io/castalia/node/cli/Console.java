package io.castalia.node.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where commands read and write. Results go to {@code out}, progress and errors to {@code err}.
 *
 * @param outIsTerminal whether colours may be used on {@code out}
 * @param errIsTerminal whether progress may be drawn over and over on {@code err}
 */
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  private static final int OUTPUT_BUFFER_BYTES = 64 * 1024;

  /** The process's own streams; the launcher says in system properties which are terminals. */
  static Console ofProcess() {
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Boolean.getBoolean("castalia.out.terminal"),
        Boolean.getBoolean("castalia.err.terminal"));
  }
}
