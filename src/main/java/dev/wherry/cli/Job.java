package dev.wherry.cli;

import java.util.OptionalLong;

/**
 * One file that is to go somewhere, for whoever tells of it.
 *
 * @param source what it is called where it comes from
 * @param target what it is to be called where it goes
 * @param size in bytes, when known
 */
record Job(Direction direction, String source, String target, OptionalLong size) {
    Job withTarget(String other) {
        return new Job(direction, source, other, size);
    }

    /**
     * The name on the server, to which most that can go wrong happens; what is not known yet is named by its source.
     */
    String named() {
        return direction == Direction.DOWNLOAD || target.isEmpty() ? source : target;
    }

    enum Direction {
        UPLOAD("upload"),
        DOWNLOAD("download");

        private final String word;

        Direction(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
