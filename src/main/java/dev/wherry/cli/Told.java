package dev.wherry.cli;

import dev.wherry.client.Small;
import java.util.function.Function;

/** Hands on, as the outcome of a transfer, what a pipeline tells. */
record Told<T>(Function<T, Transfer.Outcome> reading, Small.Told<Transfer.Outcome> told) implements Small.Told<T> {
    @Override
    public void done(T result) {
        told.done(reading.apply(result));
    }

    @Override
    public void failed(Exception failure) {
        told.failed(failure);
    }
}
