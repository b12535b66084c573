package dev.wherry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.client.RemoteEntry;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RemoteNamesTest {
    private static final Duration MEMORY = Duration.ofSeconds(5);

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<RemoteEntry> entries = List.of(RemoteEntry.of(Map.of("name", "a", "kind", "file")));

    private RemoteNames names(RemoteNames.Lister lister, Duration patience) {
        var beside = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
        return new RemoteNames(
                folder -> {
                    asked.incrementAndGet();
                    return lister.list(folder);
                },
                beside,
                clock::get,
                patience,
                MEMORY);
    }

    @Test
    void aListingIsRememberedForAShortTime() {
        var names = names(folder -> entries, Duration.ofSeconds(30));
        assertThat(names.in(VirtualPath.ROOT)).isEqualTo(entries);
        clock.addAndGet(MEMORY.toNanos());
        assertThat(names.in(VirtualPath.ROOT)).isEqualTo(entries);
        assertThat(asked).hasValue(1);
        clock.addAndGet(1);
        names.in(VirtualPath.ROOT);
        assertThat(asked).hasValue(2);
        names.forget();
        names.in(VirtualPath.ROOT);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aSlowServerHoldsUpNobodyAndIsNotAskedTwice() {
        var answers = new CountDownLatch(1);
        var names = names(
                folder -> {
                    try {
                        answers.await();
                    } catch (InterruptedException told) {
                        throw new IOException(told);
                    }
                    return entries;
                },
                Duration.ofMillis(20));
        assertThat(names.in(VirtualPath.ROOT)).isEmpty();
        assertThat(names.in(VirtualPath.ROOT)).isEmpty();
        answers.countDown();
        await().until(() -> !names.in(VirtualPath.ROOT).isEmpty());
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatCannotBeListedHasNoNames() {
        var names = names(
                folder -> {
                    throw new IOException("gone");
                },
                Duration.ofSeconds(30));
        assertThat(names.in(VirtualPath.ROOT)).isEmpty();
    }
}
