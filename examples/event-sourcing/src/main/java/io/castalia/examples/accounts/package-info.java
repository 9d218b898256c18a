/**
 * Accounts as event sourcing keeps them: the log of events is what is true, balances are what
 * follows of it. Uses Kafka's clients only.
 */
@NullMarked
package io.castalia.examples.accounts;

import org.jspecify.annotations.NullMarked;
