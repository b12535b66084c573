package dev.wherry.cli.shell;

import dev.wherry.client.RemoteEntry;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * What lies on the server, for completion: looked up beside the prompt, which waits for a moment only, and remembered
 * for a short time. What comes too late is there at the next Tab. For the thread of the prompt.
 */
final class RemoteNames {
    private final Lister lister;
    private final Executor beside;
    private final LongSupplier clock;
    private final Duration patience;
    private final Duration memory;
    private final Map<VirtualPath, Listing> listings = new HashMap<>();

    /**
     * @param clock nanoseconds
     * @param patience how long the prompt waits
     * @param memory how long a listing is good enough
     */
    RemoteNames(Lister lister, Executor beside, LongSupplier clock, Duration patience, Duration memory) {
        this.lister = lister;
        this.beside = beside;
        this.clock = clock;
        this.patience = patience;
        this.memory = memory;
    }

    /** None while it is not known, or when the folder cannot be listed: nobody wants to read why, now. */
    List<RemoteEntry> in(VirtualPath folder) {
        long now = clock.getAsLong();
        listings.values().removeIf(each -> now - each.asked > memory.toNanos());
        var listing = listings.computeIfAbsent(folder, key -> new Listing(now, asked(() -> lister.list(key))));
        return soon(listing.entries, patience);
    }

    /** A command may have changed anything. */
    void forget() {
        listings.clear();
    }

    private CompletableFuture<List<RemoteEntry>> asked(Callable<List<RemoteEntry>> question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return question.call();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                beside);
    }

    private static List<RemoteEntry> soon(CompletableFuture<List<RemoteEntry>> entries, Duration patience) {
        try {
            return entries.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException none) {
            return List.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    interface Lister {
        List<RemoteEntry> list(VirtualPath folder) throws IOException;
    }

    private record Listing(long asked, CompletableFuture<List<RemoteEntry>> entries) {}
}
