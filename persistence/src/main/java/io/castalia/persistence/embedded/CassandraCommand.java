package io.castalia.persistence.embedded;

import io.castalia.persistence.embedded.child.CassandraChild;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of the child. */
final class CassandraCommand {
  /** What Cassandra and its libraries reach into; found by running them. */
  private static final List<String> EXPORTS =
      List.of(
          "java.base/java.lang.ref",
          "java.base/jdk.internal.misc",
          "java.base/sun.nio.ch",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.attach/sun.tools.attach",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal");

  /** A ring of one has nobody to wait for, neither at its start nor at its end. */
  private static final List<String> NO_WAITING =
      List.of(
          "-Dcassandra.skip_wait_for_gossip_to_settle=0",
          "-Dcassandra.ring_delay_ms=0",
          "-Dcassandra.superuser_setup_delay_ms=0",
          "-Dcassandra.gossip_settle_min_wait_ms=0",
          "-Dcassandra.shutdown_announce_in_ms=0");

  private CassandraCommand() {}

  /** Written to an argument file, so that the process list stays readable. */
  static String arguments(
      EmbeddedCassandraSettings settings,
      CassandraClassPath classPath,
      List<String> classData,
      Path configuration) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(memory(settings.heapMiB()));
    arguments.addAll(compiler());
    arguments.addAll(classData);
    EXPORTS.forEach(name -> arguments.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> arguments.add("--add-opens=" + name + "=ALL-UNNAMED"));
    arguments.addAll(NO_WAITING);
    arguments.add("-Djdk.attach.allowAttachSelf=true");
    // Netty without this flag counts its buffers against the heap's limit for direct memory.
    arguments.add("-Dio.netty.tryReflectionSetAccessible=true");
    arguments.add("-Dcassandra-foreground=yes");
    arguments.add("-Dcassandra.config=" + configuration.resolve("cassandra.yaml").toUri());
    arguments.add("-Dcassandra.storagedir=" + settings.dataDirectory());
    arguments.add("-Dlogback.configurationFile=" + configuration.resolve("logback.xml"));
    arguments.addAll(settings.child().javaOptions());
    arguments.add("-cp");
    arguments.add(classPath.argument());
    arguments.add(CassandraChild.class.getName());
    return arguments.stream().map(CassandraCommand::quoted).collect(Collectors.joining("\n"));
  }

  private static List<String> memory(int heapMiB) {
    return List.of(
        // Its pauses are short on a heap of this size, and it needs no threads beside the work.
        "-XX:+UseSerialGC",
        "-Xms" + heapMiB / 2 + "m",
        "-Xmx" + heapMiB + "m",
        "-XX:MaxDirectMemorySize=" + heapMiB + "m",
        "-Xss512k",
        "-XX:+ExitOnOutOfMemoryError");
  }

  /**
   * Four times the defaults. What has to be fast is called that often within moments; what only a
   * start needs is left to the first compiler, and a start takes a fifth less processor time.
   */
  private static List<String> compiler() {
    return List.of(
        "-XX:Tier4InvocationThreshold=20000",
        "-XX:Tier4MinInvocationThreshold=2400",
        "-XX:Tier4CompileThreshold=60000",
        "-XX:Tier4BackEdgeThreshold=160000");
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
