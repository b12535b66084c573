/** The web door: HTTPS, and the management port. */
@NullMarked
package dev.wherry.door.http;

import org.jspecify.annotations.NullMarked;
