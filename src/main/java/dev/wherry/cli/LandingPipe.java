package dev.wherry.cli;

import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import java.io.IOException;
import java.io.PrintStream;

/** Standard output: whoever reads it learns from the exit code whether all of it was right. */
record LandingPipe(PrintStream out) implements Landing {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        if (out.checkError()) {
            throw new IOException("standard output takes no more");
        }
    }

    @Override
    public void commit(Downloaded whole) {
        out.flush();
    }

    @Override
    public void discard() {
        out.flush();
    }
}
