/** Builds the server from its configuration, starts it in order and stops it in order. */
@NullMarked
package dev.wherry.server;

import org.jspecify.annotations.NullMarked;
