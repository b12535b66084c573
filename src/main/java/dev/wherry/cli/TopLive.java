package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.IdentityException;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The live view: it hears what the server says each second, and what keys are pressed, and draws. When the connection
 * is lost it says so, keeps what it has on the screen, and connects again.
 */
final class TopLive {
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final long AGAIN_MILLIS = 1_000;

    private final Contact contact;
    private final FullScreen screen;
    private final TopView view;
    private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();

    private final CountDownLatch ended = new CountDownLatch(1);

    private Counted counted;
    private RunningNow running;
    private Instant heard = Instant.now();
    private String trouble = "";

    /** @param first what there is to show at once */
    TopLive(Contact contact, FullScreen screen, TopView view, Map<String, Object> first) {
        this.contact = contact;
        this.screen = screen;
        this.view = view;
        this.counted = Counted.of(first);
        this.running = RunningNow.of(first);
    }

    /** Shows it until somebody has seen enough; answers how it ended. */
    ExitCode run(Connection connection) throws IOException {
        var thread = new Thread(() -> hear(connection), "wherry-news");
        thread.setDaemon(true);
        thread.start();
        screen.listen(key -> words.add(new Word.Key(key)), () -> words.add(new Word.Resized()));
        view.remember(counted);
        try {
            return watch();
        } finally {
            ended.countDown();
        }
    }

    private ExitCode watch() throws IOException {
        while (true) {
            draw();
            try {
                var word = words.poll(1, TimeUnit.SECONDS);
                switch (word) {
                    case null -> {}
                    case Word.Key(int key)
                    when key == CTRL_C -> {
                        return ExitCode.INTERRUPTED;
                    }
                    case Word.Key(int key)
                    when key == 'q' || key == 'Q' || key == CTRL_D || key < 0 -> {
                        return ExitCode.DONE;
                    }
                    case Word.Key _, Word.Resized _ -> {}
                    case Word.News(var snapshot) -> heard(snapshot);
                    case Word.Lost(var why) -> trouble = why;
                    case Word.Failed(var failure) -> throw failure;
                    case Word.Refused(var failure) -> throw failure;
                }
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
                return ExitCode.INTERRUPTED;
            }
        }
    }

    private void heard(Map<String, Object> snapshot) {
        counted = Counted.of(snapshot);
        running = RunningNow.of(snapshot);
        view.remember(counted);
        heard = Instant.now();
        trouble = "";
    }

    private void draw() {
        var now = Instant.now();
        var silence = Duration.between(heard, now);
        var why = trouble.isEmpty() && silence.compareTo(SILENCE) > 0
                ? "no word from the server for " + silence.toSeconds() + " s"
                : trouble;
        screen.draw(
                view.lines(counted, running, now, why, screen.columns(), screen.rows()),
                contact.screen().hasColour());
    }

    /** On a thread of its own, which ends with the process. */
    private void hear(Connection first) {
        var connection = first;
        try {
            while (true) {
                words.add(new Word.Lost(tail(connection)));
                connection = again();
            }
        } catch (IOException failure) {
            words.add(new Word.Failed(failure));
        } catch (FaultException refused) {
            words.add(new Word.Refused(refused));
        }
    }

    /** Hears until it is over, and says why it is. */
    private String tail(Connection connection) {
        try (connection) {
            connection.tail(new Request.Tail(false, true), facts -> words.add(new Word.News(facts)));
            return "the server stopped telling; trying again";
        } catch (IOException gone) {
            return "the connection was lost; trying again";
        } catch (FaultException refused) {
            return refused.fault() == Fault.UNAVAILABLE ? "the server is stopping" : "logged out; trying again";
        }
    }

    /** The next connection, as soon as there is one; fails with what waiting does not mend. */
    private Connection again() throws IOException {
        while (true) {
            pause();
            try {
                return contact.connect();
            } catch (IdentityException changed) {
                throw changed;
            } catch (IOException notYet) {
                words.add(new Word.Lost("cannot connect; trying again"));
            } catch (FaultException refused) {
                switch (refused.fault()) {
                    case UNAVAILABLE, TOO_MANY, LOGIN_TOO_FAST ->
                        words.add(new Word.Lost("the server is busy; trying again"));
                    default -> throw refused;
                }
            }
        }
    }

    /** Ends early, and all with it, when nobody looks any more. */
    private void pause() throws IOException {
        try {
            if (ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new InterruptedIOException("nobody looks any more");
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    /** What the view hears. */
    private sealed interface Word {
        record Key(int key) implements Word {}

        record Resized() implements Word {}

        record News(Map<String, Object> snapshot) implements Word {}

        record Lost(String why) implements Word {}

        record Failed(IOException failure) implements Word {}

        record Refused(FaultException failure) implements Word {}
    }
}
