package dev.wherry;

import java.util.List;

/**
 * What people do with the client, once through in one process, for {@code bin/quicken}: Java writes down which classes
 * that took and how they were used, and later commands begin where this ended.
 */
final class Rehearsal {
    /** Often enough for the profiles of what every short command does. */
    private static final int TIMES = 12;

    private static final String FOLDER = ":/rehearsal";

    private Rehearsal() {}

    /**
     * @param arguments a file to send, a folder of small ones, and a folder to fetch them into; the environment says
     *     where to and who
     */
    static void main(String[] arguments) {
        var file = arguments[0];
        var small = arguments[1];
        var back = arguments[2];
        var script = List.of(
                List.of("mkdir", FOLDER),
                List.of("put", file, FOLDER + "/sent"),
                List.of("get", FOLDER + "/sent", back + "/fetched"),
                List.of("mv", FOLDER + "/sent", FOLDER + "/moved"),
                List.of("put", "-r", small, FOLDER + "/small"),
                List.of("get", "-r", FOLDER + "/small", back + "/many"));
        script.forEach(line -> must(line.toArray(String[]::new)));
        for (int i = 0; i < TIMES; i++) {
            must("ls", FOLDER);
        }
        must("rm", "-r", FOLDER);
    }

    private static void must(String... line) {
        int code = Main.run(line);
        if (code != 0) {
            System.exit(code);
        }
    }
}
