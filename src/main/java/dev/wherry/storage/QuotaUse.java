package dev.wherry.storage;

import dev.wherry.path.VirtualPath;

/**
 * How much a folder may hold, with all below it, and how much it does.
 *
 * @param bytes that it may hold
 * @param used by its files, and by what has come of unfinished uploads to it
 */
public record QuotaUse(VirtualPath path, long bytes, long used) {}
