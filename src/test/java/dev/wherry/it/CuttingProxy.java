package dev.wherry.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bad link: it hands bytes on between clients and a server, counts them, and breaks where it was told to. */
final class CuttingProxy implements AutoCloseable {
    private static final int IDLE_MILLIS = 300;

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Queue<Cut> cuts = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int target;

    CuttingProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    /** What becomes of one connection. */
    sealed interface Cut {
        /** It breaks when so many bytes have gone towards the server. */
        record Up(long bytes) implements Cut {}

        /** It breaks when so many bytes have come from the server. */
        record Down(long bytes) implements Cut {}

        /** All goes up, but from so many bytes on no answer comes back, and when all is quiet it breaks. */
        record Answer(long bytes) implements Cut {}

        /** When so many bytes have gone towards the server nothing comes through any more, and nothing breaks. */
        record Silence(long bytes) implements Cut {}
    }

    /** Each of these befalls one connection, in order; those that come later hold. */
    void cut(Cut cut) {
        cuts.add(cut);
    }

    /** The server has moved. */
    void target(int port) {
        target = port;
    }

    String authority() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    long up() {
        return up.get();
    }

    long down() {
        return down.get();
    }

    int connections() {
        return connections.get();
    }

    /** How many connections it has broken. */
    int cutsMade() {
        return made.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                connections.incrementAndGet();
                open.add(client);
                start(() -> carry(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket client) {
        var cut = cuts.poll();
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            server.setSoTimeout(IDLE_MILLIS);
            client.setSoTimeout(IDLE_MILLIS);
            var sent = new AtomicLong();
            var back = start(() -> back(cut, client, server, sent));
            long most = switch (cut) {
                case Cut.Up(long bytes) -> bytes;
                case Cut.Silence(long bytes) -> bytes;
                case null, default -> Long.MAX_VALUE;
            };
            boolean broken = pump(
                    client.getInputStream(),
                    server,
                    most,
                    up,
                    sent,
                    cut instanceof Cut.Answer answer ? answer.bytes() : Long.MAX_VALUE);
            if (broken) {
                made.incrementAndGet();
            }
            if (broken && cut instanceof Cut.Silence) {
                ended.await();
            }
            end(server, client);
            back.join();
        } catch (IOException gone) {
            // That is what it is for.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void back(@Nullable Cut cut, Socket client, Socket server, AtomicLong sent) {
        try {
            long most = cut instanceof Cut.Down(long bytes) ? bytes : Long.MAX_VALUE;
            var in = switch (cut) {
                case Cut.Answer(long bytes) -> silent(server.getInputStream(), sent, bytes);
                case Cut.Silence(long bytes) -> silent(server.getInputStream(), sent, bytes);
                case null, default -> server.getInputStream();
            };
            if (pump(in, client, most, down, new AtomicLong(), Long.MAX_VALUE)) {
                made.incrementAndGet();
            }
            end(client, server);
        } catch (IOException gone) {
            // That is what it is for.
        }
    }

    private static void end(Socket... sockets) throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    /** What comes after so many bytes have gone up is lost. */
    private static InputStream silent(InputStream in, AtomicLong sent, long bytes) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = in.read(target, offset, length);
                return count > 0 && sent.get() >= bytes ? 0 : count;
            }
        };
    }

    /** Whether it broke because it was told to. */
    private static boolean pump(
            InputStream in, Socket to, long most, AtomicLong counter, AtomicLong sent, long idleAfter)
            throws IOException {
        var buffer = new byte[64 * 1024];
        while (true) {
            int count;
            try {
                count = in.read(buffer, 0, (int) Math.min(buffer.length, most - sent.get()));
            } catch (SocketTimeoutException quiet) {
                if (sent.get() >= idleAfter) {
                    return true;
                }
                continue;
            }
            if (count < 0) {
                return false;
            }
            to.getOutputStream().write(buffer, 0, count);
            counter.addAndGet(count);
            if (sent.addAndGet(count) >= most) {
                return true;
            }
        }
    }

    private static Thread start(Runnable work) {
        var thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            listener.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
