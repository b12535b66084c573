package dev.wherry.storage;

/**
 * An upload, and how much of it is here.
 *
 * @param offset where its next byte goes; of a finished one its size
 * @param finished whether it was published
 */
public record FoundUpload(KeptUpload upload, long offset, boolean finished) {}
