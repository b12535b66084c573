package dev.wherry.cli;

import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does one thing to each of several paths; what fails for one is told and stops none of the others. */
final class Each {
    private final Screen screen;
    private final boolean json;
    private final Tally tally = new Tally();

    /** @param json whether a program is told, and not a person */
    Each(Screen screen, boolean json) {
        this.screen = screen;
        this.json = json;
    }

    /** @param done the name of the event when it is done; people are told only of failures */
    int of(Line line, List<VirtualPath> paths, Optional<String> done, Action action) throws IOException {
        var lines = new JsonLines(screen);
        for (var path : paths) {
            Map<String, Object> facts = Map.of("path", path.toString());
            try {
                action.on(line, path);
                tally.done(0);
                if (json && done.isPresent()) {
                    lines.event(done.get(), facts);
                }
            } catch (FaultException refused) {
                tally.failed(refused);
                if (json) {
                    lines.failed(refused, ":" + path, facts);
                } else {
                    screen.note("wherry: " + Failures.sentence(refused, ":" + path));
                }
            }
        }
        return tally.exitCode().number();
    }

    interface Action {
        void on(Line line, VirtualPath path) throws IOException;
    }
}
