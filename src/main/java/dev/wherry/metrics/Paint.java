package dev.wherry.metrics;

/** Colour on a terminal, and nothing anywhere else. The sixteen colours that every terminal lets its user choose. */
enum Paint {
    COLOUR("\u001b["),
    PLAIN("");

    private final String start;

    Paint(String start) {
        this.start = start;
    }

    String good(String text) {
        return in("32", text);
    }

    String bad(String text) {
        return in("31", text);
    }

    String strong(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    private String in(String code, String text) {
        return start.isEmpty() ? text : start + code + "m" + text + start + "0m";
    }
}
