/** Planted for ArchitectureTest: no row of the table names it. */
@NullMarked
package dev.wherry.planted.misplaced;

import org.jspecify.annotations.NullMarked;
