package dev.wherry.bus;

/** Where one kind of news is told to everyone in this process who listens; the record itself is passed. */
@SuppressWarnings("UnusedTypeParameter") // the type is for those who tell and hear
public record Topic<E>(String name) {}
