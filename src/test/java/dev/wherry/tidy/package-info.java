/** Style that is a test: sources are parsed, and each rule of the house is a few lines here. */
@NullMarked
package dev.wherry.tidy;

import org.jspecify.annotations.NullMarked;
