package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class IdentityTest {
    @TempDir
    Path folder;

    @Test
    void whatIsNoServerIsSaidToBeNone() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var nobody = new ServerAddress("127.0.0.1", free);
        assertThatThrownBy(() -> Connection.open(nobody, new Believer()))
                .isInstanceOf(CannotConnectException.class)
                .hasMessage("connection refused: is a server listening on 127.0.0.1:" + free + "?");
    }

    @Test
    void aPortThatSpeaksNoTlsIsSaidToBeTheWrongOne() throws IOException {
        try (var socket = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> {
                try (var client = socket.accept()) {
                    client.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().read();
                } catch (IOException e) {
                    // The client has seen enough.
                }
            });
            var other = new ServerAddress("127.0.0.1", socket.getLocalPort());
            assertThatThrownBy(() -> Connection.open(other, new Believer()))
                    .isInstanceOf(CannotConnectException.class)
                    .hasMessageContaining("right port");
        }
    }

    @Test
    void anUnknownKeyIsAskedAboutOnceAndRefused() throws IOException {
        var asked = new Believer();
        asked.believes = false;
        try (var running = Peer.running(call -> call.next())) {
            assertThatThrownBy(() -> Connection.open(running.address(), asked))
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining(running.fingerprint().text());
            assertThat(asked.asked).containsExactly(running.fingerprint());
        }
    }

    @Test
    void anUnknownKeyThatIsAcceptedConnects() throws IOException {
        try (var running = Peer.running(call -> call.next());
                var connection = Connection.open(running.address(), new Believer())) {
            assertThat(connection.greeting()).containsEntry("server", "peer");
        }
    }

    @Test
    void aServerWithoutTheQuickGroupIsReachedToo() throws IOException {
        var running = Peer.running(
                0, call -> call.next(), tls -> tls.setNamedGroups(new String[] {"secp256r1", "secp384r1"}));
        try (running;
                var connection = Connection.open(running.address(), running.trust())) {
            assertThat(connection.greeting()).containsEntry("server", "peer");
        }
    }

    @Test
    void aChangedKeyIsRefusedWithBothAndTheirPlace() throws IOException {
        var pins = new PinStore(folder);
        try (var before = Peer.running(call -> call.next());
                var now = Peer.running(call -> call.next())) {
            pins.save(new ServerAddress("elsewhere", 1), before.fingerprint());
            pins.save(now.address(), before.fingerprint());
            var trust = new Believer() {
                @Override
                public Optional<Pin> pin(ServerAddress server) {
                    try {
                        return pins.find(server);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            };
            assertThatThrownBy(() -> Connection.open(now.address(), trust))
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining("HAS CHANGED")
                    .hasMessageContaining(before.fingerprint().text())
                    .hasMessageContaining(now.fingerprint().text())
                    .hasMessageContaining(folder.resolve("known_servers") + ", line 2");
            assertThat(trust.asked).isEmpty();
            assertThat(now.requests()).isEmpty();

            pins.save(now.address(), now.fingerprint());
            Connection.open(now.address(), trust).close();
        }
    }

    /** Knows no server, and believes those it is asked about. */
    private static class Believer implements Trust {
        final List<Fingerprint> asked = new ArrayList<>();
        boolean believes = true;

        @Override
        public Optional<Pin> pin(ServerAddress server) {
            return Optional.empty();
        }

        @Override
        public boolean accepts(ServerAddress server, Fingerprint seen) {
            asked.add(seen);
            return believes;
        }
    }
}
