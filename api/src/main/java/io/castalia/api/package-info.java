/**
 * What a Java service needs: records, names, the actor-message protocol and a small asynchronous
 * client.
 */
@NullMarked
package io.castalia.api;

import org.jspecify.annotations.NullMarked;
