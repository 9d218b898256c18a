package io.castalia.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Key stores made by the JDK's own tool, in a directory. All have one password. */
public final class KeyStores {
  public static final String PASSWORD = "only-for-tests";

  private static final int TOOL_SECONDS = 60;

  private final Path directory;

  public KeyStores(Path directory) {
    this.directory = directory;
  }

  /** Where the store of this name is, or will be. */
  public Path path(String name) {
    return directory.resolve(name + ".p12");
  }

  /** A key pair with a certificate for 127.0.0.1 that it signs itself. */
  public KeyStores makeKey(String name) throws IOException, InterruptedException {
    keytool(
        "-genkeypair",
        "-keystore",
        path(name).toString(),
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2");
    return this;
  }

  /** A store that trusts the certificate of another one. */
  public KeyStores makeTrust(String name, String trusted) throws IOException, InterruptedException {
    String certificate = directory.resolve(trusted + ".cer").toString();
    keytool(
        "-exportcert",
        "-keystore",
        path(trusted).toString(),
        "-alias",
        trusted,
        "-file",
        certificate);
    keytool(
        "-importcert",
        "-keystore",
        path(name).toString(),
        "-alias",
        trusted,
        "-file",
        certificate,
        "-noprompt");
    return this;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process tool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.out").toFile())
            .start();
    if (!tool.waitFor(TOOL_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
      tool.destroyForcibly();
      throw new IllegalStateException("keytool failed: " + command);
    }
  }
}
