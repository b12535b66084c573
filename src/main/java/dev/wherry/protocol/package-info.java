/** The wire language of the console door, pure: requests, replies and their codec, no sockets. */
@NullMarked
package dev.wherry.protocol;

import org.jspecify.annotations.NullMarked;
