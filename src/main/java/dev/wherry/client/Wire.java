package dev.wherry.client;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import dev.wherry.protocol.Request;
import dev.wherry.protocol.RequestLine;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lines and counted bytes on a link. One thread may read while another writes; neither side is shared further. */
final class Wire implements Closeable {
    /** How long the server may think about an ordinary request. */
    static final Duration ANSWER = Duration.ofSeconds(60);

    /**
     * How long it may work on a whole tree, of which it says nothing before the end: a million entries take minutes.
     */
    static final Duration TREE = Duration.ofMinutes(15);

    /** Of an upload it says every half second how far it is, until it is published: silence is no server any more. */
    static final Duration UPLOAD = Duration.ofSeconds(20);

    /** A server that takes no more has said why already, if it ever will. */
    static final Duration LAST_WORD = Duration.ofSeconds(5);

    private static final int BUFFER = 64 * 1024;

    /** A reply holds a help text or an entry; what is longer than this is no server of ours. */
    private static final int MAX_LINE = 1024 * 1024;

    private final TlsLink link;
    private final Duration longest;
    private final byte[] buffer = new byte[BUFFER];

    /** What of the buffer is not yet consumed; only the reading thread touches these. */
    private int position;

    private int limit;

    /** Whether what was asked last is answered: only then can somebody else ask. Any thread may look. */
    private volatile boolean inStep = true;

    /** @param longest that any read may wait */
    Wire(TlsLink link, Duration longest) {
        this.link = link;
        this.longest = longest;
    }

    /** How long the next reads may wait, or less. */
    void patience(Duration patience) {
        link.patience(patience.compareTo(longest) < 0 ? patience : longest);
    }

    /** The same, for the answer to this. */
    void patienceFor(Request request) {
        patience(
                switch (request) {
                    case Request.RemoveFolder removal when removal.recursive() -> TREE;
                    case Request.Move _, Request.QuotaSet _ -> TREE;
                    default -> ANSWER;
                });
    }

    boolean isInStep() {
        return inStep && !isClosed();
    }

    void inStep(boolean answered) {
        inStep = answered;
    }

    void send(Request request) throws IOException {
        send(line(request));
    }

    static byte[] line(Request request) {
        return (RequestLine.write(request) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    void send(byte[] bytes) throws IOException {
        send(bytes, 0, bytes.length);
    }

    void send(byte[] bytes, int offset, int length) throws IOException {
        link.write(bytes, offset, length);
    }

    /** What is no reply comes from no server of ours, or from one that has lost its step: nothing can follow it. */
    Reply readReply() throws IOException {
        var line = readLine();
        try {
            return ReplyLine.parse(line);
        } catch (FaultException unreadable) {
            close();
            throw new CannotConnectException(unreadable.getMessage(), unreadable);
        }
    }

    String readLine() throws IOException {
        var start = new ByteArrayOutputStream(0);
        while (true) {
            for (int i = position; i < limit; i++) {
                if (buffer[i] == '\n') {
                    var line = lineUpTo(i, start);
                    position = i + 1;
                    return line;
                }
            }
            start.write(buffer, position, limit - position);
            if (start.size() > MAX_LINE) {
                throw new CannotConnectException("the server sent a line without end; is this a Wherry console door?");
            }
            fill();
        }
    }

    private String lineUpTo(int end, ByteArrayOutputStream start) {
        int last = end > position && buffer[end - 1] == '\r' ? end - 1 : end;
        if (start.size() == 0) {
            return new String(buffer, position, last - position, StandardCharsets.UTF_8);
        }
        start.write(buffer, position, last - position);
        return start.toString(StandardCharsets.UTF_8);
    }

    /** Reads exactly so many bytes, straight into their place but for what is buffered already. */
    void readFully(byte[] target, int offset, int length) throws IOException {
        int done = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, done);
        position += done;
        while (done < length) {
            done += read(target, offset + done, length - done);
        }
    }

    private void fill() throws IOException {
        position = 0;
        limit = 0;
        limit = read(buffer, 0, buffer.length);
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = link.read(target, offset, length);
            if (count < 0) {
                throw new CannotConnectException("the server closed the connection");
            }
            return count;
        } catch (SocketTimeoutException silent) {
            throw new CannotConnectException(
                    "the server did not answer within " + link.patience().toSeconds() + " s", silent);
        }
    }

    boolean isClosed() {
        return link.isClosed();
    }

    @Override
    public void close() {
        link.close();
    }
}
