/** The contract of a place where bytes live. */
@NullMarked
package dev.wherry.storage.backend;

import org.jspecify.annotations.NullMarked;
