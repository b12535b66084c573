package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.backend.DirectPieces;
import dev.wherry.storage.backend.Seal;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.Sink;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UploadPumpTest {
    private static final int MOST_PIECES = 8;

    private final List<Long> written = new ArrayList<>();
    private final List<FaultException> failures = new ArrayList<>();
    private long most = 1000;
    private final DirectPieces pieces = new DirectPieces(Gathering.BLOCK_BYTES, MOST_PIECES);
    private final UploadPump pump = new UploadPump(pieces, () -> most, written::add, failures::add);
    private final HandSink sink = new HandSink();

    @Test
    void whatComesDuringAWriteGoesWithTheNextInOnePiece() {
        pump.open(sink);
        add(10);
        add(20);
        add(30);
        assertThat(sink.batches).containsExactly(10);
        sink.next().complete();
        assertThat(sink.batches).containsExactly(10, 50);
        sink.next().complete();
        assertThat(written).containsExactly(10L, 60L);
    }

    @Test
    void aSecondWriteFollowsTheFirstWhereMuchIsGathered() {
        most = 1 << 20;
        pump.open(sink);
        add(10);
        add(200_000);
        assertThat(sink.batches).as("little waits for the first").containsExactly(10);
        add(100_000);
        assertThat(sink.batches).containsExactly(10, 300_000);
        add(300_000);
        assertThat(sink.batches).as("two are enough").containsExactly(10, 300_000);
        sink.next().complete();
        assertThat(sink.batches).containsExactly(10, 300_000, 300_000);
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
        assertThat(sink.batches).containsExactly(30);
    }

    @Test
    void itIsFullAtItsBoundAndDrainsAtHalf() {
        var drains = new ArrayList<String>();
        pump.onDrain(() -> drains.add("drained"));
        pump.open(sink);
        add(500);
        add(499);
        assertThat(pump.isFull()).isFalse();
        add(1);
        assertThat(pump.isFull()).isTrue();
        sink.next().complete();
        assertThat(drains).as("more than half is left").isEmpty();
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

    /** A peer may send them so: what each costs beside its byte must not add up. */
    @Test
    void bytesThatComeSinglyAreHeldTogether() {
        pump.open(sink);
        add(10);
        for (int i = 0; i < 400; i++) {
            add(1);
        }
        assertThat(pump.isFull()).isFalse();
        sink.next().complete();
        assertThat(sink.batches).containsExactly(10, 400);
    }

    @Test
    void whatTheBytesCameInMayBeUsedAgainAtOnce() {
        var arrived = ByteBuffer.wrap(new byte[] {1, 2, 3});
        pump.add(arrived);
        assertThat(arrived.hasRemaining()).isFalse();
        arrived.clear().put(new byte[] {9, 9, 9});
        pump.open(sink);
        assertThat(sink.contents).containsExactly(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    @Test
    void aBlockServesNobodyElseUntilItIsWritten() {
        most = 1 << 20;
        pump.open(sink);
        for (byte i = 1; i <= 3; i++) {
            var bytes = new byte[Gathering.BLOCK_BYTES];
            Arrays.fill(bytes, i);
            pump.add(ByteBuffer.wrap(bytes));
        }
        assertThat(sink.batches).containsExactly(Gathering.BLOCK_BYTES);
        var first = sink.contents.getFirst();
        assertThat(first.isDirect()).isTrue();
        assertThat(first.get(0)).isEqualTo((byte) 1);
        sink.next().complete();
        add(Gathering.BLOCK_BYTES);
        assertThat(first.get(0)).as("given back, and used for what came then").isZero();
    }

    @Test
    void whatIsNotWrittenAnyMoreLeavesItsBlocksToOthers() {
        most = 1 << 20;
        for (int times = 0; times < 20; times++) {
            var other = new UploadPump(pieces, () -> most, written::add, failures::add);
            other.add(ByteBuffer.allocate(4 * Gathering.BLOCK_BYTES));
            other.stop();
        }
        var failing = new UploadPump(pieces, () -> most, written::add, failures::add);
        failing.open(sink);
        failing.add(ByteBuffer.allocate(4 * Gathering.BLOCK_BYTES));
        sink.next().fail(Fault.NO_SPACE.because("the disk is full"));
        for (int i = 0; i < MOST_PIECES; i++) {
            assertThat(pieces.take()).isPresent();
        }
        assertThat(pieces.take()).as("control: there are no more").isEmpty();
    }

    /** The sink keeps the order: what it is asked next comes after all that was handed over. */
    @Test
    void handingOverWaitsForNoWrite() {
        pump.open(sink);
        add(10);
        add(10);
        add(10);
        assertThat(sink.batches).as("one is under way, two are gathered").containsExactly(10);
        assertThat(pump.handOver().succeeded()).isTrue();
        assertThat(sink.batches).containsExactly(10, 20);
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
        assertThat(sink.batches).containsExactly(10);
        assertThat(pump.received()).isEqualTo(10);
    }

    private void add(int length) {
        pump.add(ByteBuffer.allocate(length));
    }

    /** A sink whose writes end when the test says so. */
    private static final class HandSink implements Sink {
        /** Bytes in each. */
        private final List<Integer> batches = new ArrayList<>();

        private final List<ByteBuffer> contents = new ArrayList<>();
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
            contents.addAll(bytes);
            batches.add(bytes.stream().mapToInt(ByteBuffer::remaining).sum());
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
