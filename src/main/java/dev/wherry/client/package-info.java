/** The console protocol from the other end, as a blocking library on the JDK alone. */
@NullMarked
package dev.wherry.client;

import org.jspecify.annotations.NullMarked;
