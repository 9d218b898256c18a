/** How the messages of the api cross nodes, and replies come back. Promises nothing to users. */
@NullMarked
package io.castalia.api.internal;

import org.jspecify.annotations.NullMarked;
