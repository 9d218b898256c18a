/**
 * The neutral face of the journal: what actors may know of it. No driver, no store and no decision
 * about records.
 */
@NullMarked
package io.castalia.persistence;

import org.jspecify.annotations.NullMarked;
