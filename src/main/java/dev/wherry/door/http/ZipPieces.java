package dev.wherry.door.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip in the making: each call answers the bytes that it came to. Nothing is compressed: what people keep here is
 * mostly compressed already, and a server has better uses for its processors. One thread at a time.
 */
final class ZipPieces {
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(made);
    private boolean isOpen;

    ZipPieces() {
        zip.setLevel(Deflater.NO_COMPRESSION);
    }

    Buffer folder(String name, Instant modified) throws IOException {
        put(name + "/", modified);
        zip.closeEntry();
        isOpen = false;
        return taken();
    }

    /** Begins a file; its bytes follow. */
    Buffer begin(String name, Instant modified) throws IOException {
        put(name, modified);
        return taken();
    }

    private void put(String name, Instant modified) throws IOException {
        if (isOpen) {
            zip.closeEntry();
        }
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.from(modified));
        zip.putNextEntry(entry);
        isOpen = true;
    }

    Buffer bytes(byte[] bytes) throws IOException {
        zip.write(bytes);
        return taken();
    }

    /** The table of contents. */
    Buffer end() throws IOException {
        zip.finish();
        return taken();
    }

    /** Lets go of the memory that lies outside the heap; what was not finished stays unfinished. */
    void close() {
        try {
            zip.close();
        } catch (IOException unfinished) {
            made.reset();
        }
    }

    private Buffer taken() throws IOException {
        zip.flush();
        var bytes = made.toByteArray();
        made.reset();
        return Buffer.buffer(bytes);
    }
}
