package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.backend.Seal;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.Sink;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UploadPumpTest {
    private final List<Long> written = new ArrayList<>();
    private final List<FaultException> failures = new ArrayList<>();
    private long most = 1000;
    private final UploadPump pump = new UploadPump(() -> most, written::add, failures::add);
    private final HandSink sink = new HandSink();

    @Test
    void whatComesDuringAWriteGoesWithTheNextInOnePiece() {
        pump.open(sink);
        add(10);
        add(20);
        add(30);
        assertThat(sink.batches).containsExactly(1);
        sink.next().complete();
        assertThat(sink.batches).containsExactly(1, 2);
        sink.next().complete();
        assertThat(written).containsExactly(10L, 60L);
    }

    @Test
    void aSecondWriteFollowsTheFirstWhereMuchIsGathered() {
        most = 1 << 20;
        pump.open(sink);
        add(10);
        add(200_000);
        assertThat(sink.batches).as("little waits for the first").containsExactly(1);
        add(100_000);
        assertThat(sink.batches).containsExactly(1, 2);
        add(300_000);
        assertThat(sink.batches).as("two are enough").containsExactly(1, 2);
        sink.next().complete();
        assertThat(sink.batches).containsExactly(1, 2, 1);
        sink.next().complete();
        sink.next().complete();
        assertThat(written).containsExactly(10L, 300_010L, 600_010L);
    }

    @Test
    void twoWritesThatFailAreOneFailure() {
        most = 1 << 20;
        pump.open(sink);
        add(10);
        add(300_000);
        sink.next().fail(Fault.DISK_FAILED.because("it breaks"));
        sink.next().fail(Fault.DISK_FAILED.because("it broke before"));
        assertThat(failures).extracting(FaultException::fault).containsExactly(Fault.DISK_FAILED);
    }

    @Test
    void bytesMayComeBeforeTheSinkIsOpen() {
        add(10);
        add(20);
        assertThat(sink.batches).isEmpty();
        pump.open(sink);
        assertThat(sink.batches).containsExactly(2);
    }

    @Test
    void itIsFullAtItsBoundAndDrainsAtHalf() {
        var drains = new ArrayList<String>();
        pump.onDrain(() -> drains.add("drained"));
        pump.open(sink);
        add(500);
        assertThat(pump.isFull()).isFalse();
        add(244);
        assertThat(pump.isFull()).isTrue();
        sink.next().complete();
        assertThat(drains).containsExactly("drained");
        assertThat(pump.isFull()).isFalse();
    }

    /** Others that begin leave less for this one; what waits already stays. */
    @Test
    void aSmallerShareHoldsThePeerUpAndALargerOneLetsItGoOn() {
        pump.open(sink);
        add(300);
        add(300);
        assertThat(pump.isFull()).isFalse();
        most = 700;
        add(1);
        assertThat(pump.isFull()).isTrue();
        most = 10_000;
        sink.next().complete();
        assertThat(pump.isFull()).isFalse();
    }

    @Test
    void piecesOfOneByteFillItLongBeforeTheirBytesDo() {
        pump.open(sink);
        for (int i = 0; i < 8; i++) {
            add(1);
        }
        assertThat(pump.isFull()).isTrue();
    }

    /** The sink keeps the order: what it is asked next comes after all that was handed over. */
    @Test
    void handingOverWaitsForNoWrite() {
        pump.open(sink);
        add(10);
        add(10);
        add(10);
        assertThat(sink.batches).as("one is under way, two are gathered").containsExactly(1);
        assertThat(pump.handOver().succeeded()).isTrue();
        assertThat(sink.batches).containsExactly(1, 2);
    }

    @Test
    void aFlushWaitsForEveryWriteAndFailsWithTheLast() {
        pump.open(sink);
        add(10);
        add(10);
        var flushed = pump.flush();
        sink.next().complete();
        assertThat(flushed.isComplete()).as("one is written, one is not").isFalse();
        sink.next().complete();
        assertThat(flushed.succeeded()).isTrue();
        add(10);
        var failing = pump.flush();
        sink.next().fail(Fault.NO_SPACE.because("the disk is full"));
        assertThat(failing.failed()).isTrue();
    }

    @Test
    void aFailedWriteIsToldOnceAndFailsTheHandingOver() {
        pump.open(sink);
        add(10);
        add(10);
        sink.next().fail(Fault.NO_SPACE.because("the disk is full"));
        assertThat(failures).extracting(FaultException::fault).containsExactly(Fault.NO_SPACE);
        assertThat(pump.handOver().failed()).isTrue();
    }

    @Test
    void afterAStopNothingIsTakenAnyMore() {
        pump.open(sink);
        add(10);
        pump.stop();
        add(10);
        sink.next().complete();
        assertThat(sink.batches).containsExactly(1);
        assertThat(pump.received()).isEqualTo(10);
    }

    private void add(int length) {
        pump.add(ByteBuffer.allocate(length));
    }

    /** A sink whose writes end when the test says so. */
    private static final class HandSink implements Sink {
        private final List<Integer> batches = new ArrayList<>();
        private final Deque<Promise<Void>> running = new ArrayDeque<>();

        Promise<Void> next() {
            return running.pop();
        }

        @Override
        public long offset() {
            return 0;
        }

        @Override
        public Future<Void> write(List<ByteBuffer> bytes) {
            batches.add(bytes.size());
            var promise = Promise.<Void>promise();
            running.add(promise);
            return promise.future();
        }

        @Override
        public UploadId upload() {
            return UploadId.random();
        }

        @Override
        public Future<Void> keep() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> mark() {
            return Future.failedFuture("not asked here");
        }

        @Override
        public Future<Long> back() {
            return Future.failedFuture("not asked here");
        }

        @Override
        public Future<Long> sync() {
            return Future.failedFuture("not part of this test");
        }

        @Override
        public Future<Sealed> seal(Seal promised) {
            return Future.failedFuture("not part of this test");
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
