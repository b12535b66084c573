/** The one database: opened, migrated, written by one thread that commits in groups. */
@NullMarked
package dev.wherry.database;

import org.jspecify.annotations.NullMarked;
