package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private final AtomicLong now = new AtomicLong();
    private final Pace pace = new Pace(1000, now::get, now::addAndGet);

    @Test
    void bytesGetTheirTime() throws IOException {
        pace.moved(500);
        assertThat(now).hasValue(500_000_000L);
        pace.moved(1500);
        assertThat(now).hasValue(2_000_000_000L);
    }

    @Test
    void timeThatNobodyUsedIsNotMadeGood() throws IOException {
        now.addAndGet(60_000_000_000L);
        pace.moved(1000);
        assertThat(now).hasValue(61_000_000_000L);
    }

    @Test
    void aSourceIsReadNoFaster() throws IOException {
        var source = pace.slowed(Source.stream("x", new ByteArrayInputStream(new byte[3000])));
        var buffer = new byte[1000];
        while (source.read(buffer, 0, buffer.length) > 0) {
            assertThat(source.size()).isEmpty();
        }
        assertThat(now).hasValue(3_000_000_000L);
    }

    @Test
    void withoutALimitNothingIsAdded() {
        var source = Source.stream("x", new ByteArrayInputStream(new byte[1]));
        assertThat(Pace.UNLIMITED.slowed(source)).isSameAs(source);
        assertThat(Pace.UNLIMITED.slowed(Landing.NOWHERE)).isSameAs(Landing.NOWHERE);
    }
}
