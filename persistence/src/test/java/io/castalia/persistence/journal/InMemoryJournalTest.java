package io.castalia.persistence.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

final class InMemoryJournalTest extends JournalContract {
  @Override
  protected Config config() {
    return ConfigFactory.parseString("castalia.persistence.store = in-memory");
  }
}
