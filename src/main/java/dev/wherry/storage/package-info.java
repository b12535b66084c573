/** What exists and who may change it: the one gate for paths and rights, leases, unfinished uploads. */
@NullMarked
package dev.wherry.storage;

import org.jspecify.annotations.NullMarked;
