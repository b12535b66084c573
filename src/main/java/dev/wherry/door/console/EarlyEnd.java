package dev.wherry.door.console;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The data phase of an upload that is to go on, before its sender was told from where. Bytes that come now cannot be
 * placed: they are dropped, and the upload stays as it was.
 */
final class EarlyEnd implements DataPhase {
    private Optional<FaultException> why = Optional.empty();

    /** Why the upload must not go on, if anything came. */
    Optional<FaultException> why() {
        return why;
    }

    @Override
    public void chunk(ByteBuffer bytes) {
        came();
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void keepAlive() {}

    @Override
    public void end(Sha256 digest) {
        came();
    }

    private void came() {
        why = why.or(() -> Optional.of(Fault.MALFORMED.because(
                "content came before SEND said from which offset; wait for it when an upload goes on")));
    }

    @Override
    public void giveUp(FaultException given) {
        why = why.or(() -> Optional.of(given));
    }
}
