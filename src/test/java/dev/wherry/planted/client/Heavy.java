package dev.wherry.planted.client;

import io.vertx.core.Vertx;

/** A client that does not start fast. */
public record Heavy(Vertx vertx) {}
