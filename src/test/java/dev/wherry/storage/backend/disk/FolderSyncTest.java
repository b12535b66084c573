package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One sync serves all who came before it started, and nobody else. */
@ExtendWith(VertxExtension.class)
class FolderSyncTest {
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);
    private FolderSync sync;

    @BeforeEach
    void open(Vertx vertx) {
        sync = new FolderSync(vertx, new Pools(vertx)::sync);
    }

    @Test
    void whoComesWhileASyncRunsWaitsForTheNext() {
        var early = sync.sync("folder", this::slow);
        await().until(() -> started.get() == 1);
        var late = sync.sync("folder", this::quick);
        var later = sync.sync("folder", this::quick);
        assertThat(started).hasValue(1);
        assertThat(late.isComplete()).isFalse();

        first.countDown();
        result(Future.all(early, late, later));
        assertThat(started).as("the two who waited shared one").hasValue(2);
    }

    @Test
    void whoComesAfterASyncHasItsOwn() {
        result(sync.sync("folder", this::quick));
        result(sync.sync("folder", this::quick));
        assertThat(started).hasValue(2);
    }

    @Test
    void foldersDoNotWaitForEachOther() {
        var slow = sync.sync("one", this::slow);
        result(sync.sync("other", this::quick));
        assertThat(slow.isComplete()).isFalse();
        first.countDown();
        result(slow);
    }

    @Test
    void aFailureFailsAllWhomThatSyncServedAndNobodyElse() {
        var early = sync.sync("folder", this::slow);
        await().until(() -> started.get() == 1);
        var late = sync.sync("folder", () -> {
            throw Fault.DISK_FAILED.because("as the test wants it");
        });
        var later = sync.sync("folder", this::quick);
        first.countDown();
        result(early);
        assertThat(fault(late).fault()).isEqualTo(Fault.DISK_FAILED);
        assertThat(fault(later).fault()).isEqualTo(Fault.DISK_FAILED);
        result(sync.sync("folder", this::quick));
    }

    @Test
    void manyShareFewSyncs() {
        var all = new ArrayList<Future<Void>>();
        for (int i = 0; i < 500; i++) {
            all.add(sync.sync("folder", this::quick));
        }
        result(Future.all(all));
        assertThat(ended.get()).isPositive().isEqualTo(started.get()).isLessThan(500);
    }

    private void slow() {
        started.incrementAndGet();
        try {
            first.await();
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
        ended.incrementAndGet();
    }

    private void quick() {
        started.incrementAndGet();
        ended.incrementAndGet();
    }
}
