/**
 * Connectors of files: a source that follows files as they grow and rotate, and a sink that writes
 * a file after the other.
 */
@NullMarked
package io.castalia.streams.connect.file;

import org.jspecify.annotations.NullMarked;
