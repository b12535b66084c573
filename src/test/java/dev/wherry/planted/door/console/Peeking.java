package dev.wherry.planted.door.console;

import dev.wherry.planted.door.http.Other;

/** A door that sees the other one. */
public record Peeking(Other other) {}
