/** The commands that a person types. */
@NullMarked
package dev.wherry.cli;

import org.jspecify.annotations.NullMarked;
