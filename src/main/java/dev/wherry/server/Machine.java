package dev.wherry.server;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What this machine is called and where it is reached: for the certificate, the banner and the web door's check of
 * {@code Host}.
 *
 * @param names host names in lower case, the machine's own first, without {@code localhost}
 * @param addresses that others can reach: neither loopback nor bound to one link; IPv4 first
 */
public record Machine(List<String> names, List<InetAddress> addresses) {
    private static final Pattern HOST_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*");
    private static final Path HOST_NAME_FILE = Path.of("/etc/hostname");

    public Machine {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
    }

    /** As things are now; what cannot be found out is left out. */
    public static Machine here() {
        return new Machine(namesOf(hostName()), reachable());
    }

    /** A full name, its first label, and that label in the zone of names announced on the local network. */
    static List<String> namesOf(String hostName) {
        var name = hostName.strip().toLowerCase(Locale.ROOT);
        if (!HOST_NAME.matcher(name).matches() || name.equals("localhost") || Character.isDigit(last(name))) {
            return List.of();
        }
        int dot = name.indexOf('.');
        var label = dot < 0 ? name : name.substring(0, dot);
        return List.copyOf(new LinkedHashSet<>(List.of(name, label, label + ".local")));
    }

    private static char last(String name) {
        return name.contains(".") ? name.charAt(name.length() - 1) : 'a';
    }

    private static String hostName() {
        try {
            if (Files.isReadable(HOST_NAME_FILE)) {
                return Files.readString(HOST_NAME_FILE);
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static List<InetAddress> reachable() {
        var found = new ArrayList<InetAddress>();
        try {
            var interfaces = NetworkInterface.networkInterfaces().toList();
            for (var each : interfaces) {
                if (each.isUp() && !each.isLoopback()) {
                    each.inetAddresses()
                            .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                            .forEach(found::add);
                }
            }
        } catch (SocketException unknown) {
            return List.copyOf(found);
        }
        found.sort(Comparator.comparing(address -> !(address instanceof Inet4Address)));
        return found;
    }
}
