package dev.wherry.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The event loops of a server: whether anything blocked them, of the time that the machine gave them. */
final class EventLoops {
    /** As the server is told to complain. */
    static final int LONGEST_MILLIS = 200;

    private static final Pattern COMPLAINT = Pattern.compile("has been blocked for (\\d+) ms");
    /** The kernel shows the beginning of a thread's name. */
    private static final String NAME = "vert.x-";

    private EventLoops() {}

    /**
     * The complaints that count. A clock also runs while a thread waits for a processor that others use, which is no
     * fault of the server: where its threads got a quarter of the time they asked for, four times as long is as short.
     *
     * @param share of the time that its threads asked for, what they got: 1 on a quiet machine
     */
    static List<String> blocked(String said, double share) {
        return COMPLAINT
                .matcher(said)
                .results()
                .filter(complaint -> Long.parseLong(complaint.group(1)) * share > LONGEST_MILLIS)
                .map(complaint -> complaint.group() + ", with %.2f of a processor".formatted(share))
                .toList();
    }

    /** What the kernel has counted for the threads of a process: how long they ran, of how long they could have run. */
    static double share(long pid) {
        long ran = 0;
        long waited = 0;
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads.toList()) {
                var counted = counted(thread);
                ran += counted[0];
                waited += counted[1];
            }
        } catch (IOException over) {
            return 1;
        }
        return ran == 0 ? 1 : (double) ran / (ran + waited);
    }

    private static long[] counted(Path thread) {
        try {
            if (Files.readString(thread.resolve("comm")).startsWith(NAME)) {
                var words = Files.readString(thread.resolve("schedstat")).split(" ", -1);
                return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
            }
        } catch (IOException over) {
            // It ended meanwhile.
        }
        return new long[2];
    }
}
