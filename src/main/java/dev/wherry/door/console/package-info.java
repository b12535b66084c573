/** The console door: TLS over TCP, one session per connection. */
@NullMarked
package dev.wherry.door.console;

import org.jspecify.annotations.NullMarked;
