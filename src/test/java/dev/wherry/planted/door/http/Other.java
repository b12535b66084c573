package dev.wherry.planted.door.http;

/** Seen by whom it should not be. */
public record Other(String name) {}
