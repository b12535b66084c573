package dev.wherry.planted.path;

/** Everyone's word. */
public record Word(String word) {}
