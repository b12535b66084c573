package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The control: what is blocked is noticed, and only a machine that was busy with others excuses it. */
final class EventLoopsTest {
    private static final String SAID =
            "Thread vert.x-eventloop-thread-0 has been blocked for 350 ms, time limit is 200 ms";

    @Test
    void aBlockedLoopIsNoticedUnlessTheMachineGaveItNoTime() {
        assertThat(EventLoops.blocked(SAID, 1)).hasSize(1);
        assertThat(EventLoops.blocked(SAID, 0.5)).isEmpty();
        assertThat(EventLoops.blocked(SAID.replace("350", "900"), 0.5)).hasSize(1);
        assertThat(EventLoops.blocked("all is well", 1)).isEmpty();
    }

    @Test
    void theShareIsTakenFromTheKernel() {
        assertThat(EventLoops.share(ProcessHandle.current().pid())).isBetween(0.0, 1.0);
        assertThat(EventLoops.share(Long.MAX_VALUE)).as("no such process").isEqualTo(1);
    }
}
