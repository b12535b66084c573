/** Planted for ArchitectureTest: must stand on the JDK alone. */
@NullMarked
package dev.wherry.planted.client;

import org.jspecify.annotations.NullMarked;
