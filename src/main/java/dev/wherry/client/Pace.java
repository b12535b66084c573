package dev.wherry.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A limit on bytes a second, shared by all who take part in it: each says before it goes on how much it has moved, and
 * waits its turn. Time that nobody used is not made good by going faster afterwards.
 */
public final class Pace {
    public static final Pace UNLIMITED = new Pace(Long.MAX_VALUE, System::nanoTime, nanos -> {});

    private final double nanosPerByte;
    private final LongSupplier clock;
    private final Rest rest;

    /** When the next may go on, on the clock; of whoever holds this object's lock. */
    private long free;

    Pace(long bytesPerSecond, LongSupplier clock, Rest rest) {
        this.nanosPerByte = bytesPerSecond == Long.MAX_VALUE ? 0 : 1e9 / bytesPerSecond;
        this.clock = clock;
        this.rest = rest;
        this.free = clock.getAsLong();
    }

    public static Pace of(long bytesPerSecond) {
        return new Pace(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    /** Waits until these bytes have had their time. */
    public void moved(int bytes) throws IOException {
        long wait = reserve(bytes);
        if (wait <= 0) {
            return;
        }
        try {
            rest.sleep(wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    private synchronized long reserve(int bytes) {
        if (nanosPerByte == 0) {
            return 0;
        }
        long now = clock.getAsLong();
        free = (free - now > 0 ? free : now) + Math.round(bytes * nanosPerByte);
        return free - now;
    }

    /** The same source, read no faster. */
    public Source slowed(Source source) {
        return nanosPerByte == 0 ? source : new Source.Paced(source, this);
    }

    /** The same landing, written no faster. */
    public Landing slowed(Landing landing) {
        return nanosPerByte == 0 ? landing : new Slowed(landing, this);
    }

    interface Rest {
        void sleep(long nanos) throws InterruptedException;
    }

    private record Slowed(Landing landing, Pace pace) implements Landing {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            landing.write(bytes, offset, length);
            pace.moved(length);
        }

        @Override
        public void restart() throws IOException {
            landing.restart();
        }

        @Override
        public void commit(Downloaded whole) throws IOException {
            landing.commit(whole);
        }

        @Override
        public void discard() {
            landing.discard();
        }
    }
}
