/** Planted for ArchitectureTest: reaches for what is not its own. */
@NullMarked
package dev.wherry.planted.storage;

import org.jspecify.annotations.NullMarked;
