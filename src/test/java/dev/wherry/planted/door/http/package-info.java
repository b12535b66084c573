/** Planted for ArchitectureTest: the other door. */
@NullMarked
package dev.wherry.planted.door.http;

import org.jspecify.annotations.NullMarked;
