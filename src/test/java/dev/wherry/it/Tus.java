package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.Sha256;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/** A program at the web door that uploads in parts, as tus 1.0.0 has it. */
record Tus(Web web) {
    /** The type of a part. */
    static final String PART = "application/offset+octet-stream";

    static Tus by(Web web) {
        return new Tus(web.with("Tus-Resumable", "1.0.0"));
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The least that has to be said about a file. */
    static String filename(String name) {
        return "filename " + base64(name);
    }

    static String checksum(byte[] bytes) {
        return "sha256 " + base64(Sha256.digest().digest(bytes));
    }

    /** Answers where the upload is. */
    String create(String metadata, long length) {
        var made = web.post("/uploads", "Upload-Length", Long.toString(length), "Upload-Metadata", metadata);
        assertThat(made.statusCode()).as(Web.text(made)).isEqualTo(201);
        assertThat(Web.header(made, "upload-expires")).endsWith("GMT");
        return Web.header(made, "location");
    }

    HttpResponse<byte[]> patch(String upload, long offset, byte[] part, String... more) {
        return patch(upload, offset, BodyPublishers.ofByteArray(part), more);
    }

    HttpResponse<byte[]> patch(String upload, long offset, BodyPublisher part, String... more) {
        return web.send("PATCH", upload, part, headers(offset, more));
    }

    /** Begins a part that is the whole, on a connection of its own, and sends so many bytes of it. */
    Socket begun(String upload, byte[] whole, int sent, String... more) throws IOException {
        var socket = web.begun("PATCH", upload, whole.length, headers(0, more));
        socket.getOutputStream().write(whole, 0, sent);
        socket.getOutputStream().flush();
        return socket;
    }

    /** Sends all of a part that is the whole, in a chunk, and not that this was the last chunk. */
    Socket unended(String upload, byte[] whole, String... more) throws IOException {
        var socket = web.begunInChunks("PATCH", upload, headers(0, more));
        Web.say(socket, Integer.toHexString(whole.length) + "\r\n");
        socket.getOutputStream().write(whole);
        Web.say(socket, "\r\n");
        return socket;
    }

    /** What whoever sends these bytes promises beforehand. */
    static String[] promise(byte[] bytes) {
        return new String[] {"Repr-Digest", "sha-256=:" + base64(Sha256.digest().digest(bytes)) + ":"};
    }

    private static String[] headers(long offset, String... more) {
        return Stream.concat(Stream.of("Content-Type", PART, "Upload-Offset", Long.toString(offset)), Stream.of(more))
                .toArray(String[]::new);
    }

    HttpResponse<byte[]> head(String upload) {
        return web.send("HEAD", upload, BodyPublishers.noBody());
    }

    long offset(String upload) {
        return Long.parseLong(Web.header(head(upload), "upload-offset"));
    }
}
