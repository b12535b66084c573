/** Planted for ArchitectureTest: may be used. */
@NullMarked
package dev.wherry.planted.path;

import org.jspecify.annotations.NullMarked;
