package dev.wherry.planted.misplaced;

/** Lives where the table has no row. */
public record Lost(String name) {}
