/**
 * The command line: one class per command. Commands that talk to a node are Kafka clients and use
 * nothing of the node but its address.
 */
@NullMarked
package io.castalia.node.cli;

import org.jspecify.annotations.NullMarked;
