/** {@code wherry shell}: the commands, one after another, by a person or a script. */
@NullMarked
package dev.wherry.cli.shell;

import org.jspecify.annotations.NullMarked;
