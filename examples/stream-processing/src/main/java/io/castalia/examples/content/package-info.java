/**
 * Published content that is enriched and routed: a topology with a join, branches and dead letters,
 * and a node that runs it.
 */
@NullMarked
package io.castalia.examples.content;

import org.jspecify.annotations.NullMarked;
