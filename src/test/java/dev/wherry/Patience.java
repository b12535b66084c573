package dev.wherry;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long tests wait for what must come: a bound, not a figure, so it is one that a busy machine keeps. JUnit finds
 * this by itself (see {@code META-INF/services}), and so no test that forgets to say one has Awaitility's ten seconds.
 */
public final class Patience implements BeforeAllCallback {
    public static final Duration MOST = Duration.ofMinutes(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(MOST);
    }
}
