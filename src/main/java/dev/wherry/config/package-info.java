/** Every setting, read once, as a tree of records. */
@NullMarked
package dev.wherry.config;

import org.jspecify.annotations.NullMarked;
