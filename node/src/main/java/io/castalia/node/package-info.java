/** The program: configuration, start-up and the command line. */
@NullMarked
package io.castalia.node;

import org.jspecify.annotations.NullMarked;
