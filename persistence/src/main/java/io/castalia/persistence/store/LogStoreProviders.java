package io.castalia.persistence.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;

/** Finds the provider that {@code castalia.persistence.store} names. */
public final class LogStoreProviders {
  private LogStoreProviders() {}

  /**
   * A new provider.
   *
   * @param config the section {@code castalia.persistence}
   * @param classes where the class is looked for
   * @throws IllegalArgumentException if the name is neither a short one nor that of a provider
   */
  public static LogStoreProvider named(Config config, ClassLoader classes) {
    String store = config.getString("store");
    ConfigValue meant = config.getObject("providers").get(store);
    String name = meant == null ? store : String.valueOf(meant.unwrapped());
    try {
      return Class.forName(name, true, classes)
          .asSubclass(LogStoreProvider.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError wrong) {
      throw new IllegalArgumentException(
          "expected castalia.persistence.store to be \"cassandra\", \"in-memory\" or the name of a"
              + " LogStoreProvider, but it was \"%s\"".formatted(store),
          wrong);
    }
  }
}
