/**
 * The words by which every part speaks of a file: its name inside the served tree, its version, its digest, and what a
 * writer expects to find under a name.
 */
@NullMarked
package dev.wherry.path;

import org.jspecify.annotations.NullMarked;
