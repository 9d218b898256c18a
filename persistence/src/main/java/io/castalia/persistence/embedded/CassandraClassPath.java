package io.castalia.persistence.embedded;

import io.castalia.persistence.embedded.child.CassandraChild;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that the child runs on: Cassandra's, and one of ours with what runs beside it. A jar,
 * because the JVM's class data sharing takes nothing else.
 */
final class CassandraClassPath {
  private static final String CHILD_JAR = "castalia-child.jar";

  private final Path directory;
  private final List<Path> jars;

  private CassandraClassPath(Path directory, List<Path> jars) {
    this.directory = directory;
    this.jars = jars;
  }

  /**
   * Finds the jars.
   *
   * @throws EmbeddedCassandraException if Cassandra's jars are not there
   */
  static CassandraClassPath in(Path directory, Path fallbackForOurs) {
    List<Path> jars = jars(directory);
    if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("cassandra-all-"))) {
      throw new EmbeddedCassandraException(
          "expected Cassandra's jars in \""
              + directory
              + "\", but they are not there; run \"./mvnw -Dquickly process-resources"
              + " -pl persistence/embedded-cassandra\" first");
    }
    Path parent = directory.toAbsolutePath().getParent();
    Path ours = parent != null && Files.isWritable(parent) ? parent : fallbackForOurs;
    List<Path> all = Stream.concat(Stream.of(childJar(ours)), jars.stream()).toList();
    return new CassandraClassPath(ours, all);
  }

  /** As {@code -cp} wants it, in the same order every time. */
  String argument() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The jar of ours alone. */
  String ours() {
    return jars.get(0).toString();
  }

  /** Where files that belong to this class path can be kept. */
  Path directory() {
    return directory;
  }

  /** Changes when a jar does. */
  String fingerprint() {
    long hash = 17;
    for (Path jar : jars) {
      File file = jar.toFile();
      hash = 31 * hash + jar.toString().hashCode();
      hash = 31 * hash + file.length();
      hash = 31 * hash + file.lastModified();
    }
    return Long.toHexString(hash);
  }

  private static List<Path> jars(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.toAbsolutePath().normalize())
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new EmbeddedCassandraException("cannot list \"" + directory + "\"", e);
    }
  }

  /** Left alone when it is right: several processes may share it. */
  private static Path childJar(Path directory) {
    Path jar = directory.resolve(CHILD_JAR);
    try {
      byte[] content = childJarContent();
      if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), content)) {
        Path temporary = Files.createTempFile(directory, CHILD_JAR, ".tmp");
        Files.write(temporary, content);
        Files.move(temporary, jar, StandardCopyOption.ATOMIC_MOVE);
      }
      return jar;
    } catch (IOException e) {
      throw new EmbeddedCassandraException("cannot write \"" + jar + "\"", e);
    }
  }

  private static byte[] childJarContent() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      for (Class<?> type : CassandraChild.classes()) {
        addClass(jar, type);
      }
    }
    return bytes.toByteArray();
  }

  private static void addClass(JarOutputStream jar, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
      if (code == null) {
        throw new IOException("class file \"" + name + "\" is missing");
      }
      JarEntry entry = new JarEntry(name);
      entry.setTime(0);
      jar.putNextEntry(entry);
      code.transferTo(jar);
      jar.closeEntry();
    }
  }
}
