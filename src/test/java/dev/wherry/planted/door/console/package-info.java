/** Planted for ArchitectureTest: a door that sees the other. */
@NullMarked
package dev.wherry.planted.door.console;

import org.jspecify.annotations.NullMarked;
