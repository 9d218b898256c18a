/** Connectors of HTTP: a webhook as a source, and a sink that posts. */
@NullMarked
package io.castalia.streams.connect.http;

import org.jspecify.annotations.NullMarked;
