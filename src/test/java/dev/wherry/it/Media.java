package dev.wherry.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files of the kinds that people send, of any size: their real beginnings, then content that no two pieces share. */
enum Media {
    TEXT("txt") {
        @Override
        byte[] header(long size) {
            return Client.utf8("Été, 東京, and line after line\r\n");
        }
    },
    /** RFC 2083: its signature and the first chunk. */
    PICTURE("png") {
        @Override
        byte[] header(long size) {
            return ByteBuffer.allocate(33)
                    .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
                    .putInt(13)
                    .put(ascii("IHDR"))
                    .putInt(1920)
                    .putInt(1080)
                    .put(new byte[] {8, 2, 0, 0, 0})
                    .array();
        }
    },
    /** RIFF, 16 bits, two channels, 48 kHz. */
    SOUND("wav") {
        @Override
        byte[] header(long size) {
            return ByteBuffer.allocate(44)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(ascii("RIFF"))
                    .putInt((int) (size - 8))
                    .put(ascii("WAVEfmt "))
                    .putInt(16)
                    .putShort((short) 1)
                    .putShort((short) 2)
                    .putInt(48_000)
                    .putInt(192_000)
                    .putShort((short) 4)
                    .putShort((short) 16)
                    .put(ascii("data"))
                    .putInt((int) (size - 44))
                    .array();
        }
    },
    /** ISO/IEC 14496-12: a file type box, then media data with a 64-bit length. */
    FILM("mp4") {
        @Override
        byte[] header(long size) {
            return ByteBuffer.allocate(40)
                    .putInt(24)
                    .put(ascii("ftypisom"))
                    .putInt(0x200)
                    .put(ascii("isommp42"))
                    .putInt(1)
                    .put(ascii("mdat"))
                    .putLong(size - 24)
                    .array();
        }
    };

    private static final int PIECE = 1 << 20;

    private final String suffix;

    Media(String suffix) {
        this.suffix = suffix;
    }

    abstract byte[] header(long size);

    /** Writes such a file; a size below that of its header cuts it short. */
    Path write(Path folder, String name, long size, long seed) throws IOException {
        var file = Files.createDirectories(folder).resolve(name + "." + suffix);
        try (var out = Files.newOutputStream(file)) {
            var header = header(size);
            int begun = (int) Math.min(header.length, size);
            out.write(header, 0, begun);
            fill(out, size - begun, new Random(seed));
        }
        return file;
    }

    private void fill(OutputStream out, long size, Random random) throws IOException {
        var piece = new byte[PIECE];
        random.nextBytes(piece);
        if (this == TEXT) {
            for (int i = 0; i < PIECE; i++) {
                piece[i] = (byte) (i % 80 == 79 ? '\n' : 'a' + Math.floorMod(piece[i], 26));
            }
        }
        var number = ByteBuffer.wrap(piece);
        for (long left = size; left > 0; left -= PIECE) {
            // A piece that is lost, doubled or out of order shows.
            number.put(0, ascii("%016x".formatted(left)));
            out.write(piece, 0, (int) Math.min(left, PIECE));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
