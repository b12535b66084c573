/** The one vocabulary of what can go wrong, the same behind every door. */
@NullMarked
package dev.wherry.fault;

import org.jspecify.annotations.NullMarked;
