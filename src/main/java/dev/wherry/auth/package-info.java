/** Who somebody is and what they may do: accounts, passwords, sessions, tokens, rights. */
@NullMarked
package dev.wherry.auth;

import org.jspecify.annotations.NullMarked;
