package dev.wherry.server;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which process listens on a port, as Linux tells it: a socket's inode in {@code /proc/net/tcp}, and the process that
 * has it open. Best effort: another user's process cannot be looked into.
 */
final class PortHolder {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /** Whether this is why a door could not be opened; the native transport has an exception of its own for it. */
    static boolean isTaken(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Address already in use");
    }

    /**
     * Looks whether a door could be opened, where it would be a pity to find out later. Anything else that may be wrong
     * with the address is told when the door is opened, and so is a port that is taken in between.
     *
     * @param section the door's part of the settings
     * @throws FaultException as {@link #taken}
     */
    static void requireFree(String section, String host, int port) {
        if (port == 0) {
            return;
        }
        try {
            var address = InetAddress.getByName(host);
            var family = address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
            try (var socket = ServerSocketChannel.open(family)) {
                socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                socket.bind(new InetSocketAddress(address, port));
            }
        } catch (IOException failure) {
            if (isTaken(failure)) {
                throw taken(section + ".port", port);
            }
        }
    }

    /** @param key the setting to change */
    static FaultException taken(String key, int port) {
        var holder = of(port).map(process -> "it is in use by " + process).orElse("something else listens there");
        return Fault.UNAVAILABLE
                .because("port " + port + " is taken: " + holder + "; stop that, or set another with --set " + key
                        + "=…")
                .with("key", key)
                .with("port", port);
    }

    /** Such as {@code process 4711 (nginx)}. */
    static Optional<String> of(int port) {
        var suffix = ":" + "%04X".formatted(port).toUpperCase(Locale.ROOT);
        return Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> lines(PROC.resolve(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(row ->
                        row.length > INODE && row[LOCAL_ADDRESS].endsWith(suffix) && row[STATE].equals(LISTENING))
                .map(row -> "socket:[" + row[INODE] + "]")
                .flatMap(socket -> holder(socket).stream())
                .findFirst();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream();
        } catch (IOException unknown) {
            return Stream.empty();
        }
    }

    private static Optional<String> holder(String socket) {
        return children(PROC).stream()
                .filter(process -> process.getFileName().toString().chars().allMatch(Character::isDigit))
                .filter(process -> children(process.resolve("fd")).stream().anyMatch(open -> isLinkTo(open, socket)))
                .map(process -> "process " + process.getFileName() + name(process))
                .findFirst();
    }

    private static List<Path> children(Path folder) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            return Stream.iterate(stream.iterator(), it -> it.hasNext(), it -> it)
                    .map(it -> it.next())
                    .toList();
        } catch (IOException unknown) {
            return List.of();
        }
    }

    private static boolean isLinkTo(Path link, String target) {
        try {
            return Files.readSymbolicLink(link).toString().equals(target);
        } catch (IOException gone) {
            return false;
        }
    }

    private static String name(Path process) {
        return lines(process.resolve("comm"))
                .findFirst()
                .map(name -> " (" + name + ")")
                .orElse("");
    }
}
