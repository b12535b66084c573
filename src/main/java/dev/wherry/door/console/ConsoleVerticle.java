package dev.wherry.door.console;

import dev.wherry.auth.Auth;
import dev.wherry.config.Config;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Listens for the console protocol. Connections are accepted in the clear, counted, and only then encrypted: the caps
 * act before a handshake has cost anything. One instance: a second one on the same port cannot encrypt what it accepts.
 */
public final class ConsoleVerticle extends VerticleBase {
    private static final String ALPN = "wherry/1";
    /** Tells the system to choose a port, the same for every instance. */
    private static final int ANY_PORT = -1;

    private final ConsoleParts parts;
    private final Config.Console limits;
    private final ConsoleDoor door;

    private int port;

    public ConsoleVerticle(ConsoleParts parts) {
        this.parts = parts;
        this.limits = parts.config().console();
        this.door = new ConsoleDoor(parts);
    }

    @Override
    public Future<?> start() {
        parts.bus().hear(Auth.SESSIONS_ENDED, door::sessionsEnded);
        return vertx.createNetServer(options())
                .connectHandler(this::connected)
                .listen()
                .onSuccess(this::listening);
    }

    private NetServerOptions options() {
        return new NetServerOptions()
                .setHost(limits.host())
                .setPort(limits.port() == 0 ? ANY_PORT : limits.port())
                .setSslEngineOptions(parts.engine())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setAcceptBacklog(1024)
                .setIdleTimeout((int) limits.idleTimeout().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private void listening(NetServer server) {
        port = server.actualPort();
    }

    private void connected(NetSocket socket) {
        var address = socket.remoteAddress().hostAddress();
        if (!door.admit(address)) {
            refuse(socket);
            return;
        }
        if (!limits.tls()) {
            door.welcome(socket, address, context);
            return;
        }
        socket.upgradeToSsl(tls())
                .onSuccess(ignored -> door.welcome(socket, address, context))
                .onFailure(ignored -> {
                    socket.close();
                    door.gone(address, true);
                });
    }

    /** Without encryption the refusal can be read; with it a handshake would cost what the refusal is to save. */
    private void refuse(NetSocket socket) {
        if (limits.tls()) {
            socket.close();
        } else {
            socket.end(Buffer.buffer(ConsoleDoor.refusal()));
        }
    }

    private ServerSSLOptions tls() {
        var options = parts.tls().copy();
        options.setUseAlpn(true)
                .setApplicationLayerProtocols(List.of(ALPN))
                .setSslHandshakeTimeout(limits.handshakeTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        return options;
    }

    /** The port that is listened on, once started. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> stop() {
        return door.closeAll();
    }
}
