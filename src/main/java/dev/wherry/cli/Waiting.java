package dev.wherry.cli;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells, before files are sent from their beginning, that the server has a part of one already. It is asked only where
 * so much goes that one more answer does not matter.
 */
final class Waiting {
    private static final long LEAST = 8L << 20;

    private Waiting() {}

    static void tell(List<Transfer> transfers, Line line, Screen screen) {
        var large = new HashMap<String, Job>();
        for (var transfer : transfers) {
            var job = transfer.job();
            if (job.size().orElse(0) >= LEAST) {
                large.put(job.target(), job);
            }
        }
        if (large.isEmpty()) {
            return;
        }
        var found = new LinkedHashMap<String, Job>();
        try {
            line.get().ask(new Request.Uploads(), upload -> {
                var job = large.get(":" + upload.get("path"));
                if (job != null && isPartOf(job, upload)) {
                    found.put(String.valueOf(upload.get("upload")), job);
                }
            });
        } catch (IOException | FaultException unknown) {
            // It was only for a hint; what is wrong will be told of the files.
            return;
        }
        found.entrySet().stream().findFirst().ifPresent(first -> {
            var id = first.getKey();
            screen.note("an unfinished upload of "
                    + Visible.text(first.getValue().source()) + " waits there"
                    + (found.size() > 1
                            ? ", and " + (found.size() - 1) + " more; " + line.typed("uploads") + " lists them"
                            : ""));
            screen.note("  to go on:      " + line.typed(HandOver.command(id, first.getValue(), line.said())));
            if (line.said().isEmpty()) {
                screen.note("  to give it up: " + line.typed("uploads cancel " + id));
            }
        });
    }

    /** The server may not know how long it was to be; one that somebody sends now does not wait. */
    private static boolean isPartOf(Job job, Map<String, Object> upload) {
        return !Boolean.TRUE.equals(upload.get("running"))
                && (!(upload.get("size") instanceof Number size)
                        || size.longValue() == job.size().orElse(-1));
    }
}
