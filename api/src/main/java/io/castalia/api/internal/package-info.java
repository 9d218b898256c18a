/** How the messages of the api cross nodes. Promises nothing to users. */
@NullMarked
package io.castalia.api.internal;

import org.jspecify.annotations.NullMarked;
