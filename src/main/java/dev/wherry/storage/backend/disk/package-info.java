/** A folder on local disk, held to the letter of the publishing sequence. */
@NullMarked
package dev.wherry.storage.backend.disk;

import org.jspecify.annotations.NullMarked;
