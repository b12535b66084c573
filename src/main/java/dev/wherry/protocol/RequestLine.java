package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads and writes request lines, without their LF. */
public final class RequestLine {
    /** The longest line that a server takes, in bytes, its LF included. */
    public static final int MAX_BYTES = 8_192;

    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private RequestLine() {}

    /** The request; what cannot be read becomes {@link Request.Malformed}. Never throws. */
    public static Request parse(String line) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        int end = start;
        while (end < line.length() && Words.isLetter(line.charAt(end))) {
            end++;
        }
        // Letters alone say whether chunks follow, so that no mistake behind them can put client and server out of
        // step.
        var verb = line.substring(start, end);
        try {
            if (isTooLong(line)) {
                return new Request.Malformed(tooLong(MAX_BYTES), Verb.hasDataPhase(verb), true);
            }
            return read(verb, line, end);
        } catch (FaultException fault) {
            return new Request.Malformed(fault, Verb.hasDataPhase(verb), false);
        }
    }

    /**
     * The line that {@link #parse} reads as this request.
     *
     * @throws FaultException {@link Fault#LINE_TOO_LONG} when its names make it longer than a server takes
     * @throws IllegalArgumentException for what no line can say, {@link Request.Malformed} among it
     */
    public static String write(Request request) {
        var line = RequestWriter.write(request);
        if (isTooLong(line)) {
            throw tooLong(MAX_BYTES);
        }
        return line;
    }

    static FaultException tooLong(int limit) {
        return Fault.LINE_TOO_LONG
                .because("a line is longer than " + limit + " bytes; shorter names are needed")
                .with("limit", (long) limit);
    }

    private static boolean isTooLong(String line) {
        return line.length() >= MAX_BYTES / MOST_BYTES_OF_A_CHAR
                && line.getBytes(StandardCharsets.UTF_8).length >= MAX_BYTES;
    }

    private static Request read(String word, String line, int end) {
        if (word.isEmpty() || (end < line.length() && line.charAt(end) != ' ')) {
            throw Fault.MALFORMED.because(
                    line.isEmpty()
                            ? "the line is empty; HELP lists the requests there are"
                            : "a line begins with a verb of letters only, then a space; HELP lists those there are");
        }
        var found = Verb.named(word);
        if (found.isEmpty() && !Verb.isFamily(word)) {
            throw Verb.unknown(word);
        }
        var words = Words.of(line, end);
        return found.isPresent() ? read(found.get(), words) : readOfFamily(word, words);
    }

    private static Request readOfFamily(String family, List<Words.Word> words) {
        var name = words.isEmpty() ? family : family + " " + words.getFirst().argument();
        var verb = Verb.named(name).orElseThrow(() -> Verb.unknown(name));
        return read(verb, words.subList(1, words.size()));
    }

    private static Request read(Verb verb, List<Words.Word> words) {
        var arguments = new Arguments(verb, words);
        return switch (verb) {
            case HELP -> new Request.Help(last(arguments, arguments.optional()));
            case LOGIN -> login(arguments);
            case LOGOUT -> new Request.Logout(arguments.options().flag("all"));
            case QUIT -> last(arguments, new Request.Quit());
            case WHOAMI -> last(arguments, new Request.WhoAmI());
            case PASSWORD ->
                new Request.ChangePassword(
                        arguments.required("old password"),
                        arguments.required("new password"),
                        arguments.options().flag("keepTokens"));
            case PING -> last(arguments, new Request.Ping());
            case LIST -> list(arguments);
            case STAT -> new Request.Stat(last(arguments, arguments.path()));
            case UPLOAD -> upload(arguments);
            case RESUME -> resume(arguments);
            case UPLOADS -> last(arguments, new Request.Uploads());
            case CANCEL -> new Request.Cancel(last(arguments, arguments.required("upload")));
            case DOWNLOAD -> download(arguments);
            case DELETE ->
                new Request.Delete(arguments.path(), arguments.options().etag());
            case MKDIR -> new Request.MakeFolder(last(arguments, arguments.path()));
            case RMDIR ->
                new Request.RemoveFolder(arguments.path(), arguments.options().flag("recursive"));
            case MOVE -> move(arguments);
            case VERIFY -> new Request.Verify(last(arguments, arguments.path()));
            case TRANSFERS -> last(arguments, new Request.Transfers());
            case STATS -> last(arguments, new Request.Stats());
            case HISTORY -> history(arguments);
            case TAIL -> tail(arguments);
            case USER_ADD -> userAdd(arguments);
            case USER_LIST -> last(arguments, new Request.UserList());
            case USER_REMOVE -> new Request.UserRemove(last(arguments, arguments.required("name")));
            case USER_RESET -> new Request.UserReset(last(arguments, arguments.required("name")));
            case USER_RIGHTS -> userRights(arguments);
            case USER_EXPLAIN ->
                new Request.UserExplain(
                        arguments.required("name"), arguments.required("right"), last(arguments, arguments.path()));
            case TOKEN_CREATE -> tokenCreate(arguments);
            case TOKEN_LIST -> last(arguments, new Request.TokenList());
            case TOKEN_REVOKE -> new Request.TokenRevoke(last(arguments, arguments.required("name")));
            case QUOTA_SET -> quotaSet(arguments);
            case QUOTA_LIST -> last(arguments, new Request.QuotaList());
            case QUOTA_REMOVE -> new Request.QuotaRemove(last(arguments, arguments.path()));
        };
    }

    /** The value, where nothing but it was expected: what follows must be options, and the verb has none. */
    private static <T> T last(Arguments arguments, T value) {
        arguments.options();
        return value;
    }

    private static Request login(Arguments arguments) {
        if (arguments.isOneOption()) {
            return new Request.LoginToken(arguments.options().text("token").orElseThrow());
        }
        var user = arguments.required("user");
        var password = arguments.required("password");
        arguments.end();
        return new Request.LoginPassword(user, password);
    }

    private static Request list(Arguments arguments) {
        var path = arguments.optional().map(VirtualPath::parse).orElse(VirtualPath.ROOT);
        var options = arguments.options();
        return new Request.ListFolder(path, options.flag("recursive"), options.flag("digest"));
    }

    private static Request upload(Arguments arguments) {
        var path = arguments.path();
        var options = arguments.options();
        var size = options.text("size").orElseThrow(() -> arguments.misused("UPLOAD lacks its size"));
        return new Request.Upload(
                path,
                size.equals("unknown") ? OptionalLong.empty() : options.number("size"),
                options.precondition(),
                options.flag("parents"),
                options.instant("modified"),
                options.text("source"));
    }

    private static Request resume(Arguments arguments) {
        var upload = arguments.required("upload");
        var options = arguments.options();
        return new Request.Resume(
                upload,
                options.number("size"),
                options.instant("modified"),
                options.path("to"),
                options.text("if").map(Precondition::parse));
    }

    private static Request download(Arguments arguments) {
        var path = arguments.path();
        var options = arguments.options();
        return new Request.Download(path, options.number("offset").orElse(0), options.number("length"), options.etag());
    }

    private static Request move(Arguments arguments) {
        var from = VirtualPath.parse(arguments.required("old path"));
        var to = VirtualPath.parse(arguments.required("new path"));
        return new Request.Move(from, to, arguments.options().precondition());
    }

    private static Request tail(Arguments arguments) {
        boolean events = false;
        boolean metrics = false;
        for (var word = arguments.optional(); word.isPresent(); word = arguments.optional()) {
            switch (word.get()) {
                case "events" -> events = true;
                case "metrics" -> metrics = true;
                default -> throw arguments.misused("TAIL shows events, metrics, or both");
            }
        }
        return last(arguments, new Request.Tail(events, metrics));
    }

    private static Request history(Arguments arguments) {
        var options = arguments.options();
        return new Request.History(
                options.instant("since"),
                options.instant("until"),
                options.number("limit"),
                options.text("user"),
                options.path("path"));
    }

    private static Request userRights(Arguments arguments) {
        var name = arguments.required("name");
        var rights = arguments.options().text("rights").orElseThrow(() -> arguments.misused("the rights are missing"));
        return new Request.UserRights(name, rights.isEmpty() ? List.of() : rules(arguments, rights));
    }

    private static Request tokenCreate(Arguments arguments) {
        var name = arguments.required("name");
        var options = arguments.options();
        var rights = options.text("rights");
        return new Request.TokenCreate(
                name, options.instant("expires"), rights.isEmpty() ? List.of() : rules(arguments, rights.get()));
    }

    private static Request quotaSet(Arguments arguments) {
        var path = arguments.path();
        var bytes = arguments.options().number("bytes");
        return new Request.QuotaSet(path, bytes.orElseThrow(() -> arguments.misused("the number of bytes is missing")));
    }

    private static Request userAdd(Arguments arguments) {
        var name = arguments.required("name");
        var options = arguments.options();
        var rights = options.text("rights");
        return new Request.UserAdd(
                name,
                options.text("password"),
                options.flag("admin"),
                rights.isEmpty() ? List.of() : rules(arguments, rights.get()));
    }

    /** Rules are parted by semicolons; one inside a rule has a backslash before it, and so has a backslash. */
    private static List<String> rules(Arguments arguments, String text) {
        var rules = new ArrayList<String>();
        var rule = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            boolean isEnd = i == text.length() || text.charAt(i) == ';';
            if (isEnd && rule.isEmpty()) {
                throw arguments.misused("a rule in rights is empty");
            }
            if (isEnd) {
                rules.add(rule.toString());
                rule.setLength(0);
            } else {
                i += text.charAt(i) == '\\' && i + 1 < text.length() ? 1 : 0;
                rule.append(text.charAt(i));
            }
        }
        return List.copyOf(rules);
    }
}
