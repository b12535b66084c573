package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;

/** Carries files over although the connection is lost on the way: connects again, and goes on where it stopped. */
public final class Persistent {
    private final Link link;
    private final Patience patience;

    public Persistent(Link link, Patience patience) {
        this.link = link;
        this.patience = patience;
    }

    /**
     * Sends a file, and returns when the server has published it.
     *
     * @throws FaultException as {@link Connection#upload}
     * @throws UploadCutException when the server keeps a part, and cannot be reached again
     */
    public Uploaded upload(Sending sending, TransferWatch watch) throws IOException {
        var trials = new Trials(patience.begun(), watch, sending.isOfBefore());
        while (true) {
            try {
                var connection = link.get();
                trials.begins();
                var uploaded = connection.upload(sending, trials);
                return new Uploaded(
                        uploaded.size(), trials.before(), uploaded.sha256(), trials.seconds(), uploaded.entry());
            } catch (FaultException refused) {
                if (!startsOver(sending, refused, watch)) {
                    if (trials.isPassing(refused)) {
                        demandReadableAgain(sending, refused);
                    }
                    trials.again(refused, failure -> kept(sending, failure));
                }
            } catch (IOException lost) {
                demandReadableAgain(sending, lost);
                trials.again(lost, failure -> kept(sending, failure));
            }
            sending.repeated();
        }
    }

    /** Of a pipe more has been read than the server has: what follows does not belong behind what it keeps. */
    private static void demandReadableAgain(Sending sending, Exception failure) throws UploadCutException {
        if (!sending.source().canPosition() && sending.upload().isPresent()) {
            throw UploadCutException.ofPipe(sending.upload().get(), sending.durable(), failure);
        }
    }

    /**
     * What the server keeps is of another file by now, or it keeps nothing. A fault that names a path is about what is
     * there: what is kept is as good as before.
     */
    private static boolean startsOver(Sending sending, FaultException refused, TransferWatch watch) {
        boolean useless = refused.fault() == Fault.NOT_FOUND
                || (refused.fault() == Fault.CHANGED && !refused.facts().containsKey("path"));
        if (!useless || !sending.goesOn() || sending.upload().isEmpty() || !sending.canStartOver()) {
            return false;
        }
        sending.startOver();
        watch.startedOver(refused.getMessage());
        return true;
    }

    private static Exception kept(Sending sending, Exception failure) {
        if (sending.upload().isEmpty()) {
            return failure;
        }
        return failure instanceof FaultException fault && fault.fault() == Fault.STOPPED
                ? sending.stopped()
                : new UploadCutException(sending.upload().get(), sending.durable(), failure);
    }

    /** Fetches a file, and returns when it has landed whole and verified; else nothing has landed. */
    public Downloaded download(VirtualPath path, Optional<Etag> expected, Landing landing, TransferWatch watch)
            throws IOException {
        return landing.land(() -> {
            try (var fetching = new Fetching(path, expected, landing)) {
                return fetch(fetching, watch);
            }
        });
    }

    private Downloaded fetch(Fetching fetching, TransferWatch watch) throws IOException {
        var trials = new Trials(patience.begun(), watch, false);
        while (true) {
            try {
                var connection = link.get();
                trials.begins();
                return connection.fetch(fetching, trials).within(trials.seconds());
            } catch (FaultException refused) {
                boolean changed = refused.fault() == Fault.CHANGED || refused.fault() == Fault.OUT_OF_RANGE;
                if (changed && fetching.received() > 0) {
                    fetching.startOver();
                    watch.startedOver(refused.getMessage());
                } else {
                    trials.again(refused, failure -> failure);
                }
            } catch (IOException lost) {
                trials.again(lost, failure -> failure);
            }
        }
    }

    /**
     * Carries small files over, each of which tells its own outcome.
     *
     * @param files those that have told nothing yet stay in the list when this fails, or is stopped
     * @throws IOException when the server cannot be reached any more
     */
    public void pipeline(List<Small> files, TransferWatch watch) throws IOException {
        var trials = new Trials(patience.begun(), watch, false);
        while (!files.isEmpty() && !watch.stopped()) {
            int before = files.size();
            try {
                new Pipeline(link.get(), watch::stopped).run(files);
            } catch (IOException | FaultException lost) {
                if (files.isEmpty()) {
                    return;
                }
                if (files.size() < before) {
                    trials.progressed(trials.best() + 1, 0);
                }
                trials.again(lost, failure -> failure);
            }
        }
    }

    /** Makes the connection when it is needed, and again when it was lost. */
    public interface Link {
        Connection get() throws IOException;
    }

    /** Whether another attempt may fare better. */
    static boolean isPassing(Exception failure, boolean again) {
        return switch (failure) {
            case CannotConnectException _, UploadCutException _, SocketException _, SSLException _ -> true;
            case FaultException refused ->
                switch (refused.fault()) {
                    case UNAVAILABLE, TOO_SLOW -> true;
                    // The server may not have noticed yet that the connection before is gone.
                    case BUSY, TOO_MANY -> again;
                    default -> false;
                };
            default -> false;
        };
    }

    /** The attempts at one file. */
    private static final class Trials implements TransferWatch {
        private final Patience patience;
        private final TransferWatch watch;
        private final boolean isOfBefore;
        private long best;
        private boolean again;
        private boolean told;

        /** When the first byte could go; of the thread that carries the file, as are the next two. */
        private long began;

        private boolean hasBegun;
        private OptionalLong before = OptionalLong.empty();

        /** @param isOfBefore whether another command has begun it */
        Trials(Patience patience, TransferWatch watch, boolean isOfBefore) {
            this.isOfBefore = isOfBefore;
            this.patience = patience;
            this.watch = watch;
        }

        void begins() {
            if (!hasBegun) {
                hasBegun = true;
                began = System.nanoTime();
            }
        }

        /** Since it began, with what was waited between the attempts. */
        double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        /** What had gone before this command went on with it, in bytes. */
        long before() {
            return before.orElse(0);
        }

        /** Waits for the next attempt, or throws what is to be told when there is none. */
        void again(Exception failure, Outcome outcome) throws IOException {
            if (!isPassing(failure)) {
                throw thrown(failure);
            }
            tell(String.valueOf(failure.getMessage()));
            if (!patience.waits(watch::stopped)) {
                throw thrown(outcome.of(watch.stopped() ? Fault.STOPPED.because("interrupted") : failure));
            }
        }

        private static IOException thrown(Exception failure) {
            return switch (failure) {
                case IOException io -> io;
                case RuntimeException refused -> throw refused;
                default -> throw new IllegalStateException(failure);
            };
        }

        synchronized long best() {
            return best;
        }

        synchronized boolean isPassing(Exception failure) {
            return Persistent.isPassing(failure, again);
        }

        private synchronized void tell(String reason) {
            again = true;
            if (!told) {
                told = true;
                watch.lost(reason);
            }
        }

        @Override
        public void accepted(String upload) {
            watch.accepted(upload);
        }

        @Override
        public void progressed(long bytes, long durable) {
            moved(bytes);
            watch.progressed(bytes, durable);
        }

        @Override
        public boolean stopped() {
            return watch.stopped();
        }

        private synchronized void moved(long bytes) {
            if (bytes > best) {
                best = bytes;
                told = false;
                patience.progressed();
            }
        }

        /** What came before the loss may never have been acknowledged: this does it. */
        @Override
        public void resumed(long offset) {
            if (isOfBefore && before.isEmpty()) {
                // What was read until now, for the digest, is no time in which bytes went.
                before = OptionalLong.of(offset);
                began = System.nanoTime();
            }
            moved(offset);
            watch.resumed(offset);
        }

        @Override
        public void startedOver(String reason) {
            watch.startedOver(reason);
        }
    }

    private interface Outcome {
        Exception of(Exception failure);
    }
}
