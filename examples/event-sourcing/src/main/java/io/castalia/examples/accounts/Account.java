package io.castalia.examples.accounts;

import java.util.Optional;

/**
 * An account, as what has happened to it makes it.
 *
 * @param version how many events have made it
 * @param cents its balance
 */
record Account(long version, long cents) {
  static final Account NEW = new Account(0, 0);

  /**
   * Decides about a change.
   *
   * @param cents what is paid in, or, below zero, out
   * @return what is to be appended, or nothing if there is not enough on the account
   */
  Optional<Event> change(long cents) {
    return this.cents + cents < 0 ? Optional.empty() : Optional.of(new Event(version, cents));
  }

  /**
   * The account after an event; nothing if the event is void, since another one came between the
   * decision and it.
   */
  Optional<Account> after(Event event) {
    return event.basis() == version
        ? Optional.of(new Account(version + 1, cents + event.cents()))
        : Optional.empty();
  }
}
