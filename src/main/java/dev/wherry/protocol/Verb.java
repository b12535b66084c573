package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every request there is, how it is written and what it does: one table for reading, suggestions and HELP. */
public enum Verb {
    HELP("HELP", "[VERB]", "says what there is, or how one request is written; works before login"),
    LOGIN("LOGIN", "user password | LOGIN token=…", "begins a session", "token"),
    LOGOUT("LOGOUT", "[all=true]", "ends this session, or every session of the account", "all"),
    QUIT("QUIT", "", "closes the connection"),
    WHOAMI("WHOAMI", "", "says who is logged in and with which rights"),
    PASSWORD(
            "PASSWORD",
            "old new [keepTokens=true]",
            "changes the password, and ends the account's other sessions and its tokens",
            "keepTokens"),
    PING("PING", "", "answers, and does nothing else"),
    LIST("LIST", "[path] [recursive=true] [digest=true]", "lists a folder", "recursive", "digest"),
    STAT("STAT", "path", "describes a file or folder"),
    UPLOAD(
            "UPLOAD",
            "path size=N|unknown [if=absent|any|ETAG] [parents=true] [modified=TIME] [source=TEXT]",
            "stores a file; its content follows in chunks",
            "size",
            "if",
            "parents",
            "modified",
            "source"),
    RESUME(
            "RESUME",
            "upload [size=N] [modified=TIME] [to=PATH] [if=absent|any|ETAG]",
            "goes on with an upload; its content follows in chunks, from the offset that SEND says",
            "size",
            "modified",
            "to",
            "if"),
    UPLOADS("UPLOADS", "", "lists your unfinished uploads"),
    CANCEL("CANCEL", "upload", "removes an unfinished upload"),
    DOWNLOAD("DOWNLOAD", "path [offset=N] [length=N] [if=ETAG]", "sends a file", "offset", "length", "if"),
    DELETE("DELETE", "path [if=ETAG]", "deletes a file", "if"),
    MKDIR("MKDIR", "path", "makes a folder"),
    RMDIR("RMDIR", "path [recursive=true]", "removes an empty folder, or one with all that is in it", "recursive"),
    MOVE("MOVE", "from to [if=absent|any|ETAG]", "gives a file or folder another name", "if"),
    VERIFY("VERIFY", "path", "reads a file again and compares it with its recorded digest"),
    TRANSFERS("TRANSFERS", "", "lists what is being transferred now"),
    STATS("STATS", "", "says what was counted since the server started"),
    HISTORY(
            "HISTORY",
            "[since=TIME] [until=TIME] [limit=N] [user=NAME] [path=PATH]",
            "lists the transfers that ended, the newest first",
            "since",
            "until",
            "limit",
            "user",
            "path"),
    TAIL("TAIL", "[events] [metrics]", "shows what happens, live, until the next line is sent"),
    USER_ADD(
            "USER ADD",
            "name [password=TEXT] [admin=true] [rights=\"PATH:RIGHT,…;…\"]",
            "makes an account; without a password, one with a one-time password",
            "password",
            "admin",
            "rights"),
    USER_LIST("USER LIST", "", "lists the accounts"),
    USER_REMOVE("USER REMOVE", "name", "removes an account"),
    USER_RESET("USER RESET", "name", "gives an account a one-time password"),
    USER_RIGHTS("USER RIGHTS", "name rights=\"PATH:RIGHT,…;…\"", "sets what an account may do", "rights"),
    USER_EXPLAIN("USER EXPLAIN", "name right path", "says which rule decides what an account may do with a path"),
    TOKEN_CREATE(
            "TOKEN CREATE",
            "name [expires=TIME] [rights=\"PATH:RIGHT,…;…\"]",
            "makes a token to log in with; it is shown this once",
            "expires",
            "rights"),
    TOKEN_LIST("TOKEN LIST", "", "lists your tokens"),
    TOKEN_REVOKE("TOKEN REVOKE", "name", "ends a token, and the sessions that were begun with it"),
    QUOTA_SET("QUOTA SET", "path bytes=N", "limits what a folder may hold, with all below it", "bytes"),
    QUOTA_LIST("QUOTA LIST", "", "lists the quotas and what is used of them"),
    QUOTA_REMOVE("QUOTA REMOVE", "path", "lifts the quota of a folder");

    private static final Verb[] ALL = values();
    private static final List<String> DATA_PHASE_VERBS = List.of("UPLOAD", "RESUME");
    private static final List<String> FAMILIES = List.of("USER", "TOKEN", "QUOTA");

    private final String words;
    private final String shape;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> options;

    Verb(String words, String shape, String help, String... options) {
        this.words = words;
        this.shape = shape;
        this.help = help;
        this.options = List.of(options);
    }

    /** As it begins on the wire, such as {@code LIST} or {@code USER ADD}. */
    public String words() {
        return words;
    }

    /** How the whole line is written, such as {@code LIST [path] [recursive=true] [digest=true]}. */
    public String usage() {
        return shape.isEmpty() ? words : words + " " + shape;
    }

    /** What it does, in one line. */
    public String help() {
        return help;
    }

    /**
     * The answer to HELP: a line for each request there is, or for those that begin with the word that was asked for.
     *
     * @throws FaultException {@link Fault#UNKNOWN_REQUEST} with the nearest verb
     */
    public static String help(Optional<String> asked) {
        var wanted = asked.map(Verb::upperCase);
        var text = new StringBuilder();
        for (var verb : ALL) {
            if (wanted.isEmpty() || verb.beginsWith(wanted.get())) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(verb.usage())
                        .append(": ")
                        .append(verb.help);
            }
        }
        if (text.isEmpty()) {
            throw unknown(asked.orElse(""));
        }
        return text.toString();
    }

    List<String> options() {
        return options;
    }

    /** The request whose words these are, in any case. */
    static Optional<Verb> named(String words) {
        var wanted = upperCase(words);
        for (var verb : ALL) {
            if (verb.words.equals(wanted)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }

    /** Whether the client sends a data phase after a line with this verb, whatever the server thinks of the line. */
    static boolean hasDataPhase(String verb) {
        return DATA_PHASE_VERBS.contains(upperCase(verb));
    }

    /** Whether requests of two words begin with this one. */
    static boolean isFamily(String verb) {
        return FAMILIES.contains(upperCase(verb));
    }

    static FaultException unknown(String words) {
        var candidates = new ArrayList<String>(ALL.length);
        for (var verb : ALL) {
            candidates.add(verb.words);
        }
        var nearest = Nearest.habit(upperCase(words)).or(() -> Nearest.of(upperCase(words), candidates));
        var fault = "there is no request " + Words.shown(words);
        return nearest.map(near -> Fault.UNKNOWN_REQUEST
                        .because(fault + "; did you mean " + near + "?")
                        .with("nearest", near))
                .orElseGet(() -> Fault.UNKNOWN_REQUEST.because(fault + "; HELP lists those there are"));
    }

    private boolean beginsWith(String word) {
        return words.equals(word) || words.startsWith(word + " ");
    }

    /** ASCII only: by the rules of Unicode, letters that are not of any verb become some that are. */
    private static String upperCase(String word) {
        var upper = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            upper.append(c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
        }
        return upper.toString();
    }
}
