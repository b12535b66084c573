/** The typed face of the event bus: control and events cross it, bytes never do. */
@NullMarked
package dev.wherry.bus;

import org.jspecify.annotations.NullMarked;
