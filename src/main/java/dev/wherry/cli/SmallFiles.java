package dev.wherry.cli;

import dev.wherry.client.Small;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Carries many small files through one connection, without waiting for the answer to each. What has to be asked about
 * is asked when all others have gone.
 */
final class SmallFiles {
    private final Line line;
    private final Conduct conduct;
    private final Outcomes outcomes;

    private final ConcurrentLinkedQueue<Open> open = new ConcurrentLinkedQueue<>();

    SmallFiles(Line line, Conduct conduct, Outcomes outcomes) {
        this.line = line;
        this.conduct = conduct;
        this.outcomes = outcomes;
    }

    void run(List<Transfer> transfers) {
        var tellings = transfers.stream().map(Telling::new).toList();
        try (var landings = new Landings(conduct)) {
            var files = new ArrayList<Small>();
            tellings.forEach(telling -> files.add(telling.transfer.small(conduct, landings, telling)));
            carry(files);
        }
        if (!conduct.interrupts().stopped()) {
            tellings.forEach(Telling::silent);
        }
        for (var each : open) {
            if (conduct.interrupts().stopped()) {
                return;
            }
            try {
                outcomes.done(each.transfer().settle(each.refused(), line, conduct));
            } catch (IOException | FaultException failure) {
                outcomes.failed(each.transfer(), failure);
            }
        }
    }

    private void carry(List<Small> files) {
        var watch = conduct.interrupts().watching(conduct.reporter().watch("small files"));
        try {
            line.persistent().pipeline(files, watch);
        } catch (IOException | FaultException over) {
            files.forEach(file -> file.failed(over));
        }
    }

    /** Told what became of each. */
    interface Outcomes {
        void done(Transfer.Outcome outcome);

        void failed(Transfer transfer, Exception failure);
    }

    /** One that was refused. */
    private record Open(Transfer transfer, FaultException refused) {}

    private final class Telling implements Small.Told<Transfer.Outcome> {
        private final Transfer transfer;
        private volatile boolean hasTold;

        Telling(Transfer transfer) {
            this.transfer = transfer;
        }

        @Override
        public void done(Transfer.Outcome outcome) {
            hasTold = true;
            outcomes.done(outcome);
        }

        /** Nobody is to take for done what only was not heard of. */
        void silent() {
            if (!hasTold) {
                failed(Fault.INTERNAL.because("it is not known what became of it; do it again"));
            }
        }

        @Override
        public void failed(Exception failure) {
            hasTold = true;
            switch (failure) {
                case FaultException refused
                when refused.fault() == Fault.EXISTS -> open.add(new Open(transfer, refused));
                default -> outcomes.failed(transfer, failure);
            }
        }
    }
}
