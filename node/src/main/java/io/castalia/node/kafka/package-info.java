/**
 * The Kafka gateway: sockets, frames and the table of request handlers. Handlers live in packages
 * below and see neither sockets nor frames.
 */
@NullMarked
package io.castalia.node.kafka;

import org.jspecify.annotations.NullMarked;
