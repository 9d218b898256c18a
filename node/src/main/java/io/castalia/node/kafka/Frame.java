package io.castalia.node.kafka;

import java.nio.ByteBuffer;

/**
 * One request as it came, without its length.
 *
 * @param bytes an array of exactly the frame's size, to be read from its start and never changed
 * @param release gives the frame's memory back to the budgets; may be called more than once
 */
record Frame(ByteBuffer bytes, Runnable release) {}
