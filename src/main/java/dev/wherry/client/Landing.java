package dev.wherry.client;

import java.io.IOException;

/** Where the bytes of a download go. Nobody sees them before {@link #commit}. */
public interface Landing {
    /** Takes everything and keeps nothing: who fetches so wants only to know the digest. */
    Landing NOWHERE = new Landing() {
        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void restart() {}

        @Override
        public void commit(Downloaded whole) {}

        @Override
        public void discard() {}
    };

    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Forgets what was written: the file is another one by now, and begins anew.
     *
     * @throws IOException when what was written cannot be taken back
     */
    default void restart() throws IOException {
        throw new IOException("what was written cannot be taken back");
    }

    /** Lets all of it arrive, and then land; whatever fails, nothing is left. */
    default Downloaded land(Arrival arrival) throws IOException {
        boolean landed = false;
        try {
            var whole = arrival.whole();
            commit(whole);
            landed = true;
            return whole;
        } finally {
            if (!landed) {
                discard();
            }
        }
    }

    /** Writes what is fetched to the landing. */
    interface Arrival {
        Downloaded whole() throws IOException;
    }

    /** All has arrived and was verified. */
    void commit(Downloaded whole) throws IOException;

    /** Something went wrong: nothing may be left. */
    void discard();
}
