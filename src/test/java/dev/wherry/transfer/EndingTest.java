package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.StorageRequest.Fate;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

final class EndingTest {
    private final FaultException stopped = Fault.STOPPED.because("the link broke");

    @Test
    void whatAFailingDiskMayHaveLostIsNotBelievedWhyeverTheUploadStops() {
        Future<Void> lost = Future.failedFuture(Fault.DISK_FAILED.because("the part could not be taken back"));
        assertThat(Ending.fate(Ending.graver(stopped, lost))).isEqualTo(Fate.SUSPECT);
    }

    @Test
    void whatAStopLeavesIsKept() {
        assertThat(Ending.fate(Ending.graver(stopped, Future.succeededFuture())))
                .isEqualTo(Fate.KEEP);
        Future<Void> busy = Future.failedFuture(Fault.UNAVAILABLE.because("not now"));
        assertThat(Ending.graver(stopped, busy)).isSameAs(stopped);
    }

    @Test
    void whatIsNotWhatWasPromisedIsDropped() {
        assertThat(Ending.fate(Fault.WRONG_DIGEST.because("another digest"))).isEqualTo(Fate.DROP);
    }
}
