/**
 * Topics: the registry singleton, topic configuration, and each node's local copy of the catalog.
 */
@NullMarked
package io.castalia.actors.topic;

import org.jspecify.annotations.NullMarked;
