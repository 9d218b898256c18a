package io.castalia.persistence.cassandra;

import com.typesafe.config.Config;
import java.util.Optional;

/**
 * Encryption of the connections to Cassandra.
 *
 * @param enabled whether connections are encrypted
 * @param hostnameValidation whether the certificate must name the host that was asked for
 * @param truststore certificates to trust; the JVM's own when empty
 * @param keystore the client's certificate, for clusters that ask for one
 */
public record TlsSettings(
    boolean enabled,
    boolean hostnameValidation,
    Optional<KeyMaterial> truststore,
    Optional<KeyMaterial> keystore) {

  static TlsSettings from(Config config) {
    return new TlsSettings(
        config.getBoolean("enabled"),
        config.getBoolean("hostname-validation"),
        material(config, "truststore"),
        material(config, "keystore"));
  }

  private static Optional<KeyMaterial> material(Config config, String key) {
    String path = config.getString(key);
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(new KeyMaterial(path, config.getString(key + "-password")));
  }

  /** A key store file; never printed with its password. */
  public record KeyMaterial(String path, String password) {
    @Override
    public String toString() {
      return "KeyMaterial[path=" + path + ", password=***]";
    }
  }
}
