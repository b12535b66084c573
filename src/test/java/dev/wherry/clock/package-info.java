/** Time as tests want it. */
@NullMarked
package dev.wherry.clock;

import org.jspecify.annotations.NullMarked;
