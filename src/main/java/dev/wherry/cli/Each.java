package dev.wherry.cli;

import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Does one thing to each of several paths; what fails for one is told and stops none of the others. */
final class Each {
    private final Screen screen;
    private final Telling telling;
    private final Tally tally = new Tally();

    Each(Screen screen, Telling telling) {
        this.screen = screen;
        this.telling = telling;
    }

    /** @param done the name of the event when it is done; people are told only of failures */
    int of(List<VirtualPath> paths, String done, Action action) throws IOException {
        var json = new JsonLines(screen);
        for (var path : paths) {
            Map<String, Object> facts = Map.of("path", path.toString());
            try {
                action.on(path);
                tally.done(0);
                if (telling.json) {
                    json.event(done, facts);
                }
            } catch (FaultException refused) {
                tally.failed(refused);
                if (telling.json) {
                    json.failed(refused, ":" + path, facts);
                } else {
                    screen.note("wherry: " + Failures.sentence(refused, ":" + path));
                }
            }
        }
        return tally.exitCode().number();
    }

    interface Action {
        void on(VirtualPath path) throws IOException;
    }
}
