package dev.wherry.client;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A TLS connection over one socket, blocking, in large pieces: a socket of the platform reads and writes record by
 * record, twice for each that comes, and for gigabytes that is most of what the system does. One thread may read while
 * another writes.
 */
final class TlsLink implements Closeable {
    /** Sealed bytes that one call of the system moves; a record has at most 16 KiB and some. */
    private static final int PIECE = 256 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;

    /** Of the reading thread, as are the next two: what came and is sealed yet. Ready to be taken from. */
    private final ByteBuffer arrived;

    /** What is open and not taken yet. Ready to be taken from. */
    private final ByteBuffer opened;

    private final Selector readable;

    /** Guards the next three: the reading thread, too, has something to say now and then, such as a new key. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ByteBuffer toSeal;
    private final ByteBuffer sealed;
    private final Selector writable;

    private volatile Duration patience = Duration.ZERO;

    private TlsLink(SocketChannel channel, Seal seal) throws IOException {
        this.channel = channel;
        this.engine = seal.engine();
        int record = engine.getSession().getPacketBufferSize();
        int open = Math.max(record, engine.getSession().getApplicationBufferSize());
        this.arrived = seal.buffer(PIECE + record).flip();
        this.opened = seal.buffer(open).flip();
        this.toSeal = seal.buffer(PIECE);
        this.sealed = seal.buffer(PIECE + PIECE / 8);
        channel.configureBlocking(false);
        this.readable = Selector.open();
        this.writable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    /**
     * Shakes hands.
     *
     * @param channel a connected one, which belongs to the link from now on, and is closed when this fails
     * @param patience how long each answer may take
     * @throws SSLException when the two do not come together
     */
    static TlsLink over(SocketChannel channel, Seal seal, Duration patience) throws IOException {
        try {
            var link = new TlsLink(channel, seal);
            link.patience(patience);
            try {
                link.shakeHands();
                return link;
            } catch (SSLException refused) {
                link.complain();
                throw refused;
            } catch (IOException | RuntimeException failure) {
                link.close();
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private void shakeHands() throws IOException {
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> say();
                case NEED_TASK -> work();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> hear();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void hear() throws IOException {
        opened.compact();
        try {
            if (open(opened) == Status.CLOSED) {
                throw new EOFException("the other end closed the connection");
            }
        } finally {
            opened.flip();
        }
    }

    private void work() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Tells the other end, if it still listens, why there will be no connection. */
    private void complain() {
        try {
            say();
        } catch (IOException deaf) {
            // Why there is none is known on this side, which is the one that matters.
        } finally {
            close();
        }
    }

    /** How long the next reads may wait; zero is for ever. */
    void patience(Duration longest) {
        this.patience = longest;
    }

    Duration patience() {
        return patience;
    }

    /**
     * Reads what there is, or waits for it.
     *
     * @return how many bytes, at least one; -1 at the end
     * @throws SocketTimeoutException when nothing came in time
     */
    int read(byte[] target, int offset, int length) throws IOException {
        while (!opened.hasRemaining()) {
            opened.clear();
            try {
                if (open(opened) == Status.CLOSED) {
                    return -1;
                }
            } finally {
                opened.flip();
            }
        }
        int count = Math.min(length, opened.remaining());
        opened.get(target, offset, count);
        return count;
    }

    /** Opens one record, or deals with it if it was for the engine itself. */
    private Status open(ByteBuffer target) throws IOException {
        while (true) {
            var result = engine.unwrap(arrived, target);
            if (result.getStatus() == Status.CLOSED) {
                return Status.CLOSED;
            }
            if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
                settle(result);
                return result.getStatus();
            }
            arrived.compact();
            try {
                if (receive() < 0) {
                    return Status.CLOSED;
                }
            } finally {
                arrived.flip();
            }
        }
    }

    /** What the engine wants to say or compute because of what it has read. */
    private void settle(SSLEngineResult result) throws IOException {
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            work();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            say();
        }
    }

    private int receive() throws IOException {
        long longest = patience.toMillis();
        try {
            int count = channel.read(arrived);
            while (count == 0) {
                if (readable.select(ready -> {}, longest) == 0 && channel.isOpen()) {
                    throw new SocketTimeoutException("nothing came within " + longest + " ms");
                }
                count = channel.read(arrived);
            }
            return count;
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException | ClosedSelectorException lost) {
            throw lost(lost);
        }
    }

    /** Returns when the system has taken all of it. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            for (int done = 0; done < length; ) {
                toSeal.clear();
                int count = Math.min(toSeal.remaining(), length - done);
                toSeal.put(bytes, offset + done, count).flip();
                seal(toSeal);
                done += count;
            }
        } finally {
            writing.unlock();
        }
    }

    /** Whatever the engine has to say on its own account. */
    private void say() throws IOException {
        writing.lock();
        try {
            seal(NOTHING);
        } finally {
            writing.unlock();
        }
    }

    private void seal(ByteBuffer plain) throws IOException {
        sealed.clear();
        boolean more = true;
        while (more) {
            var result = engine.wrap(plain, sealed);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                flush();
            } else if (result.getStatus() == Status.CLOSED && plain.hasRemaining()) {
                throw new SocketException("the connection is closed");
            } else {
                more = plain.hasRemaining();
            }
        }
        flush();
    }

    private void flush() throws IOException {
        sealed.flip();
        try {
            while (sealed.hasRemaining()) {
                if (channel.write(sealed) == 0) {
                    writable.select(ready -> {});
                }
            }
        } catch (IOException | ClosedSelectorException lost) {
            throw lost(lost);
        }
        sealed.clear();
    }

    /** A channel says of some losses only that they are failures of input or output, as of those of files. */
    private static SocketException lost(Exception failure) {
        var message = failure.getMessage();
        var lost = new SocketException(message == null ? "the connection is closed" : message);
        lost.initCause(failure);
        return lost;
    }

    boolean isClosed() {
        return !channel.isOpen();
    }

    /** Says that nothing more comes, unless something is just being said; any thread may do it. */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        if (writing.tryLock()) {
            try {
                farewell();
            } finally {
                writing.unlock();
            }
        }
        try {
            channel.close();
            readable.close();
            writable.close();
        } catch (IOException gone) {
            // It was to be gone, and it is.
        }
    }

    /** Only if it goes at once: nobody waits for somebody who takes nothing. */
    private void farewell() {
        try {
            engine.closeOutbound();
            sealed.clear();
            engine.wrap(NOTHING, sealed);
            sealed.flip();
            channel.write(sealed);
        } catch (IOException deaf) {
            // The end of the connection says the same.
        }
    }
}
