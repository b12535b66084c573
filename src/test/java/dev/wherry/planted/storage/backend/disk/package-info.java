/** Planted for ArchitectureTest: may touch files. */
@NullMarked
package dev.wherry.planted.storage.backend.disk;

import org.jspecify.annotations.NullMarked;
