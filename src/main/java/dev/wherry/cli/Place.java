package dev.wherry.cli;

import dev.wherry.client.ServerAddress;
import java.util.Optional;

/** Something that a person types for a file or folder: on a server, on this machine, or a pipe. */
sealed interface Place {
    /**
     * On a server: {@code [USER@]HOST[:PORT]:/path}, or {@code :/path} on the server last logged in to.
     *
     * @param path from the slash on, as typed: it may hold a glob, and end in a slash
     */
    record Remote(Optional<String> user, Optional<ServerAddress> server, String path) implements Place {
        Remote withPath(String other) {
            return new Remote(user, server, other);
        }

        @Override
        public String toString() {
            return user.map(name -> name + "@").orElse("")
                    + server.map(ServerAddress::toString).orElse("") + ":" + path;
        }
    }

    record Local(String path) implements Place {
        @Override
        public String toString() {
            return path;
        }
    }

    /** Standard input or output. */
    record Pipe() implements Place {
        @Override
        public String toString() {
            return "-";
        }
    }

    /**
     * Reads a place. It is on a server when a colon and a slash follow what can be a host; everything else is local. A
     * local name that looks so is written with {@code ./} before it.
     *
     * @param windows whether a single letter before the colon is a drive
     */
    static Place parse(String text, boolean windows) {
        if (text.equals("-")) {
            return new Pipe();
        }
        int start = pathStart(text);
        if (start < 0 || (windows && isDrive(text))) {
            return new Local(text);
        }
        var path = text.substring(start + 1);
        var where = text.substring(0, start);
        int at = where.lastIndexOf('@');
        var user = at < 0 ? Optional.<String>empty() : Optional.of(where.substring(0, at));
        var host = where.substring(at + 1);
        if (path.startsWith("//") || (user.isPresent() && (user.get().isEmpty() || host.isEmpty()))) {
            throw new UsageException("\"" + text + "\" is no place: write [USER@]HOST[:PORT]:/path");
        }
        var server = host.isEmpty() ? Optional.<ServerAddress>empty() : Optional.of(ServerAddress.parse(host));
        return new Remote(user, server, path.isEmpty() ? "/" : path);
    }

    /** Reads a server without a path: {@code [USER@]HOST[:PORT]}; none is the server that would be meant without. */
    static Remote server(Optional<String> text) {
        if (text.isEmpty()) {
            return new Remote(Optional.empty(), Optional.empty(), "/");
        }
        return parse(text.get() + ":/", false) instanceof Remote remote
                ? remote
                : new Remote(Optional.empty(), Optional.of(ServerAddress.parse(text.get())), "/");
    }

    /** Where the colon is that parts the host from the path: before the first slash, or at the end; -1 when nowhere. */
    private static int pathStart(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return text.endsWith(":") ? text.length() - 1 : -1;
        }
        return slash > 0 && text.charAt(slash - 1) == ':' ? slash - 1 : -1;
    }

    private static boolean isDrive(String text) {
        return text.length() >= 2
                && text.charAt(1) == ':'
                && ((text.charAt(0) | 0x20) >= 'a' && (text.charAt(0) | 0x20) <= 'z');
    }
}
