/**
 * Membership of consumer groups for Java services: an actor that speaks the consumer protocol
 * (KIP-848) with the group's coordinator by way of any broker, and tells its service what it may
 * read. Its decisions are pure.
 */
@NullMarked
package io.castalia.api.group;

import org.jspecify.annotations.NullMarked;
