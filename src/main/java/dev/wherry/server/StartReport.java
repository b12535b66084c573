package dev.wherry.server;

import dev.wherry.auth.FirstStart;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server that has just started has to say: to a person, and to the program that started it.
 *
 * @param command how this program was called
 * @param settings where they come from
 */
public record StartReport(Server server, String command, Banner.Said settings) {

    /** The banner; on a terminal with a code for the camera of a phone. */
    public String banner(boolean terminal) {
        var facts = facts(terminal);
        var code = terminal && !facts.web().isEmpty()
                ? Banner.code(facts.web().getFirst()).stream()
                : Stream.<String>empty();
        return Stream.concat(Banner.lines(facts).stream(), code).collect(Collectors.joining("\n"));
    }

    /** For {@code --ready-file}. */
    public ReadyFile ready() {
        return new ReadyFile(
                ProcessHandle.current().pid(),
                reachable(server.console()),
                reachable(server.web()),
                reachable(server.management()),
                server.ground().certificates().fingerprint());
    }

    private Banner.Facts facts(boolean terminal) {
        var ground = server.ground();
        return new Banner.Facts(
                server.version(),
                new Banner.Place(ground.served(), ground.servedIsNew()),
                server.isReadOnly(),
                webAddresses(),
                hosts(server.console())
                        .map(host -> new Endpoint(host, server.console().port()))
                        .toList(),
                ground.certificates().fingerprint(),
                ground.certificates().browserFingerprint(),
                server.firstPassword()
                        .map(password -> new Banner.FirstLogin(
                                FirstStart.ADMIN,
                                // A pipe may end in a journal that others read: there stands where the note lies.
                                terminal
                                        ? password
                                        : "see " + FirstStart.note(ground.data().path()))),
                command,
                settings,
                new Banner.Place(ground.data().path(), ground.data().isNew()),
                server.engine().title());
    }

    /** The one by which people reach it, where that was said, before those of this machine. */
    private List<String> webAddresses() {
        var door = server.web();
        var names = isWildcard(door.host())
                ? server.ground().machine().names().stream().filter(name -> name.endsWith(".local"))
                : Stream.<String>empty();
        var own = Stream.concat(hosts(door), names)
                .map(host -> server.webScheme() + "://" + new Endpoint(host, door.port()).authority() + "/");
        return Stream.concat(server.publicUrl().map(url -> url.endsWith("/") ? url : url + "/").stream(), own)
                .distinct()
                .toList();
    }

    /** A door that is open on every address is reached by those of this machine. */
    private Stream<String> hosts(Endpoint door) {
        if (!isWildcard(door.host())) {
            return Stream.of(door.host());
        }
        var addresses = server.ground().machine().addresses();
        return addresses.isEmpty() ? Stream.of("localhost") : addresses.stream().map(StartReport::text);
    }

    /** As short as it can be written, and without the name of the interface that Java adds to an IPv6 address. */
    static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    private static Endpoint reachable(Endpoint door) {
        return isWildcard(door.host()) ? new Endpoint("127.0.0.1", door.port()) : door;
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException name) {
            return false;
        }
    }
}
