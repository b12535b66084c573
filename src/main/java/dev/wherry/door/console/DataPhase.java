package dev.wherry.door.console;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import java.nio.ByteBuffer;

/** What takes the chunks that follow an upload's request line, up to its end mark. */
interface DataPhase {
    /** Takes and forgets them: the upload was refused, its chunks were already on the way. */
    DataPhase DISCARD = new DataPhase() {
        @Override
        public void chunk(ByteBuffer bytes) {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void keepAlive() {}

        @Override
        public void end(Sha256 digest) {}

        @Override
        public void giveUp(FaultException why) {}
    };

    /** A piece of a chunk, to be used or copied at once: it is nobody's any more when this has returned. */
    void chunk(ByteBuffer bytes);

    /** Whether no more should come just now. */
    boolean isFull();

    void keepAlive();

    /** The end mark: everything has been sent, and came to this digest. */
    void end(Sha256 digest);

    /** Not everything was sent; the sender may resume later. */
    void giveUp(FaultException why);
}
