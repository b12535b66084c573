package dev.wherry.transfer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * What was sent on a connection and has not been taken by its peer: what waits in this process, and what waits in the
 * system, which says it only when asked ({@code SIOCOUTQ}, tcp(7)). Queues take in lumps, so that what leaves ours says
 * nothing about a slow peer; this does. Belongs to the connection's event loop.
 */
public final class SendQueue {
    private static final long SIOCOUTQ = 0x5411;

    @SuppressWarnings("restricted") // Only the system knows.
    private static final MethodHandle IOCTL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("ioctl"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2));

    private final Channel channel;

    public SendQueue(NetSocket socket) {
        this(((NetSocketInternal) socket).channelHandlerContext().channel());
    }

    public SendQueue(Channel channel) {
        this.channel = channel;
    }

    /** In bytes as they go over the wire; where the system is not asked the way Linux is, without its part. */
    public long bytes() {
        var ours = channel.unsafe().outboundBuffer();
        return (ours == null ? 0 : ours.totalPendingWriteBytes())
                + (channel instanceof UnixChannel unix ? system(unix) : 0);
    }

    private static int system(UnixChannel open) {
        if (!open.isOpen()) {
            return 0;
        }
        try (var arena = Arena.ofConfined()) {
            var answer = arena.allocate(JAVA_INT);
            int result = (int) IOCTL.invokeExact(open.fd().intValue(), SIOCOUTQ, answer);
            return result == 0 ? answer.get(JAVA_INT, 0) : 0;
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("ioctl is called as it is declared", impossible);
        }
    }
}
