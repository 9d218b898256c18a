/**
 * Consumer groups by the thousand: members as light as the wire protocol allows, and what a server
 * sustains of their heartbeats and commits.
 */
@NullMarked
package io.castalia.bench.groups;

import org.jspecify.annotations.NullMarked;
