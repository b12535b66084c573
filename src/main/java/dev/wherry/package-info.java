/** The {@code wherry} command. */
@NullMarked
package dev.wherry;

import org.jspecify.annotations.NullMarked;
