/** The broker actor of each node: the api's messages answered with partitions and topics. */
@NullMarked
package io.castalia.actors.service;

import org.jspecify.annotations.NullMarked;
