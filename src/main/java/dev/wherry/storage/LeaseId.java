package dev.wherry.storage;

/** Names one lease while its operation runs; never told to a client. */
public record LeaseId(long value) {}
