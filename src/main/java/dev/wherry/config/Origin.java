package dev.wherry.config;

/** A setting in force, as text, and where it came from. */
public record Origin(String key, String value, Place place) {}
