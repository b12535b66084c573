package dev.wherry.path;

/** What an entry of the tree is. */
public enum Kind {
    FILE("file"),
    FOLDER("folder"),
    /** A link, a device, a name that is not UTF-8: listed with the reason, never opened. */
    REFUSED("refused");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** The word for it on the wire. */
    public String word() {
        return word;
    }
}
