/** The engine that every door shares: one object per transfer. */
@NullMarked
package dev.wherry.transfer;

import org.jspecify.annotations.NullMarked;
