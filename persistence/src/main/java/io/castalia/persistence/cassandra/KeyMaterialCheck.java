package io.castalia.persistence.cassandra;

import io.castalia.persistence.cassandra.TlsSettings.KeyMaterial;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Reads the key stores before the driver does, which does not say which of them is at fault. */
final class KeyMaterialCheck {
  private KeyMaterialCheck() {}

  /**
   * @throws CassandraSettingsException if a file cannot be read with its password
   */
  static void check(TlsSettings tls) {
    if (tls.enabled()) {
      tls.truststore().ifPresent(store -> check("truststore", store));
      tls.keystore().ifPresent(store -> check("keystore", store));
    }
  }

  private static void check(String key, KeyMaterial store) {
    try {
      int entries =
          KeyStore.getInstance(new File(store.path()), store.password().toCharArray()).size();
      if (entries == 0) {
        throw new IOException("there is nothing in it");
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new CassandraSettingsException(
          "expected castalia.persistence.cassandra.tls.%s to name a readable key store and %s-password"
                  .formatted(key, key)
              + " to open it, but \"%s\" is not one (%s)".formatted(store.path(), e.getMessage()),
          e);
    }
  }
}
