/**
 * The broker actor of each node: the api's messages answered with partitions, topics and groups.
 */
@NullMarked
package io.castalia.actors.service;

import org.jspecify.annotations.NullMarked;
