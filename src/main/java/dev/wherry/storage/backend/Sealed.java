package dev.wherry.storage.backend;

import dev.wherry.path.Sha256;

/** What was stored for an upload: its size in bytes and the digest of just those bytes. */
public record Sealed(long size, Sha256 sha256) {}
