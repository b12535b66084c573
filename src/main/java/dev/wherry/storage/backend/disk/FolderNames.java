package dev.wherry.storage.backend.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The names in a folder as the system gives them, in bytes and in its own order, one page of them in memory. */
final class FolderNames implements AutoCloseable {
    private static final int PAGE_BYTES = 32 * 1024;
    private static final byte[] ITSELF = {'.'};

    /** {@code struct linux_dirent64}: inode and position, 8 bytes each, length 2, kind 1, then the name and a zero. */
    private static final int LENGTH_AT = 16;

    private static final int NAME_AT = 19;

    private final Descriptor folder;
    private ByteBuffer page = ByteBuffer.allocate(0);

    private FolderNames(Descriptor folder) {
        this.folder = folder;
    }

    /** Reads a folder from its beginning, by a descriptor of its own. */
    static FolderNames of(Descriptor folder) {
        return new FolderNames(folder.openFolder(ITSELF));
    }

    /** The next name but {@code .} and {@code ..}; none at the end. */
    Optional<byte[]> next() {
        while (true) {
            if (!page.hasRemaining()) {
                page = ByteBuffer.wrap(folder.entries(PAGE_BYTES)).order(ByteOrder.nativeOrder());
                if (!page.hasRemaining()) {
                    return Optional.empty();
                }
            }
            var name = read();
            if (!Arrays.equals(name, ITSELF) && !Arrays.equals(name, new byte[] {'.', '.'})) {
                return Optional.of(name);
            }
        }
    }

    private byte[] read() {
        int start = page.position();
        int end = start + Short.toUnsignedInt(page.getShort(start + LENGTH_AT));
        int nameEnd = start + NAME_AT;
        while (page.get(nameEnd) != 0) {
            nameEnd++;
        }
        var name = new byte[nameEnd - start - NAME_AT];
        page.get(start + NAME_AT, name);
        page.position(end);
        return name;
    }

    @Override
    public void close() {
        folder.close();
    }
}
