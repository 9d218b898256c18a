/**
 * Notices within moments when the process of another node has ended, rather than after the silence
 * that a failure detector has to wait for. For availability alone: safety rests on the fence.
 */
@NullMarked
package io.castalia.node.crash;

import org.jspecify.annotations.NullMarked;
