package dev.wherry.cli;

import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** Standard output: whoever reads it learns from the exit code whether all of it was right. */
final class LandingPipe implements Landing {
    private final PrintStream out;
    private final AtomicLong written = new AtomicLong();

    LandingPipe(PrintStream out) {
        this.out = out;
    }

    /** In bytes. */
    long written() {
        return written.get();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        written.addAndGet(length);
        out.write(bytes, offset, length);
        if (out.checkError()) {
            throw new IOException("standard output could not be written: "
                    + Output.trouble(out).orElse("it takes no more"));
        }
    }

    /** Whether whoever read it has gone: they had what they wanted. */
    boolean isUnread() {
        return Output.trouble(out).filter(Output::isUnread).isPresent();
    }

    @Override
    public void restart() throws IOException {
        if (written.get() > 0) {
            throw new IOException("it changed on the server; what went through the pipe is of no use");
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
