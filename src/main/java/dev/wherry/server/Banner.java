package dev.wherry.server;

import io.nayuki.qrcodegen.QrCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the start of the server prints: everything that one can act on, and nothing else. */
public final class Banner {
    private static final int COLUMN = 13;
    private static final int USUAL_PORT = 4451;
    private static final String GAP = "   ";
    /** So many bytes of a fingerprint stand on a line of 80 columns. */
    private static final int BYTES_OF_A_LINE = 16;

    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./+,:@~-]+");
    /** Light around the code, in modules; the standard asks for four, cameras need two. */
    private static final int MARGIN = 2;

    private static final String BLACK_ON_WHITE = "\u001b[30;107m";
    private static final String PLAIN = "\u001b[0m";

    private Banner() {}

    /**
     * What there is to say.
     *
     * @param web addresses of the page, the best first
     * @param console where clients connect, the best first
     * @param command how this program was called, for a hint that works as typed
     * @param settings where they come from
     * @param tls who does the work of TLS, such as {@code BoringSSL}
     */
    public record Facts(
            String version,
            Place files,
            boolean readOnly,
            List<String> web,
            List<Endpoint> console,
            String fingerprint,
            String browserFingerprint,
            Optional<FirstLogin> firstLogin,
            String command,
            Said settings,
            Place data,
            String tls) {}

    /**
     * Where the settings were said.
     *
     * @param file the configuration file that was read, if any but the one that came with the program
     * @param set how many {@code --set} gave
     * @param variables how many the environment gave
     */
    public record Said(Optional<Path> file, long set, long variables) {
        @Override
        public String toString() {
            var more = Stream.of(
                            set == 0 ? "" : set + " by --set", variables == 0 ? "" : variables + " by the environment")
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(", "));
            return file.map(Path::toString).orElse("built-in defaults") + (more.isEmpty() ? "" : ", and " + more);
        }
    }

    /** @param isNew whether this start made it */
    public record Place(Path folder, boolean isNew) {
        @Override
        public String toString() {
            return folder + (isNew ? " (new)" : "");
        }
    }

    /**
     * The administrator whom the first start made.
     *
     * @param password the one-time password, or where it can be found
     */
    public record FirstLogin(String user, String password) {
        @Override
        public String toString() {
            return "FirstLogin[user=" + user + "]";
        }
    }

    /** The lines for a pipe, a log or a terminal. */
    public static List<String> lines(Facts facts) {
        var lines = new ArrayList<String>();
        lines.add("Wherry " + facts.version());
        lines.add(line("files", facts.files() + (facts.readOnly() ? GAP + "(read only)" : "")));
        add(lines, "web", facts.web());
        add(lines, "console", facts.console().stream().map(Endpoint::authority).toList());
        lines.add(line("certificate", facts.fingerprint() + " (public key)"));
        add(lines, "in browsers", folded(facts.browserFingerprint()));
        facts.firstLogin()
                .ifPresent(first -> lines.add(line(
                        "first login",
                        first.user() + " / " + first.password() + GAP + "(must be changed at first login)")));
        facts.console().stream().findFirst().ifPresent(console -> add(lines, "elsewhere", elsewhere(facts, console)));
        lines.add(line("settings", facts.settings().toString()));
        lines.add(line("data", facts.data().toString()));
        lines.add(line("TLS", "by " + facts.tls()));
        return lines;
    }

    /** Several values of one name stand below one another. */
    private static void add(List<String> lines, String name, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            lines.add(line(i == 0 ? name : "", values.get(i)));
        }
    }

    /** The bytes of a long fingerprint, parted by colons, in lines. */
    private static List<String> folded(String fingerprint) {
        var bytes = List.of(fingerprint.split(":", -1));
        return IntStream.iterate(0, start -> start < bytes.size(), start -> start + BYTES_OF_A_LINE)
                .mapToObj(start ->
                        String.join(":", bytes.subList(start, Math.min(bytes.size(), start + BYTES_OF_A_LINE)))
                                + (start + BYTES_OF_A_LINE < bytes.size() ? ":" : ""))
                .toList();
    }

    /** One command in two lines, which a shell takes as they stand. */
    private static List<String> elsewhere(Facts facts, Endpoint console) {
        var user = facts.firstLogin().map(FirstLogin::user).orElse("admin");
        return List.of(
                word(facts.command()) + " login " + user + "@" + place(console) + " \\",
                "--fingerprint " + facts.fingerprint());
    }

    /** Quoted for a shell where need be. */
    private static String word(String text) {
        return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The port is left out where the client takes it anyway. */
    private static String place(Endpoint console) {
        return console.port() == USUAL_PORT ? Endpoint.bracketed(console.host()) : console.authority();
    }

    private static String line(String name, String value) {
        return "  " + name + " ".repeat(COLUMN - name.length()) + value;
    }

    /** A QR code for a terminal, dark on light whatever its colours are, two modules to a character. */
    public static List<String> code(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        var lines = new ArrayList<String>();
        for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
            var line = new StringBuilder("  ").append(BLACK_ON_WHITE);
            for (int x = -MARGIN; x < code.size + MARGIN; x++) {
                line.append(character(code.getModule(x, y), code.getModule(x, y + 1)));
            }
            lines.add(line.append(PLAIN).toString());
        }
        return lines;
    }

    private static char character(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '█' : '▀';
        }
        return lower ? '▄' : ' ';
    }
}
