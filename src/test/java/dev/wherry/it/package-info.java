/** The packaged program on real sockets and a real disk: servers, clients, and what happens between them. */
@NullMarked
package dev.wherry.it;

import org.jspecify.annotations.NullMarked;
