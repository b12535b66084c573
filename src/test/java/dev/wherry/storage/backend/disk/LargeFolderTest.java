package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A folder of any size is listed in the same memory: 5,000 entries, with {@code -Dwherry.long=true} 100,000. */
class LargeFolderTest extends DiskFixture {
    private static final int ENTRIES = Boolean.getBoolean("wherry.long") ? 100_000 : 5_000;
    private static final int PIECE = 500;

    /** Far less than the entries of the long run would take together. */
    private static final long MOST_GROWTH = 8L << 20;

    @Test
    void everyEntryIsListedOnceAndNoneIsKept() throws IOException {
        var folder = Files.createDirectories(root().resolve("large"));
        for (int i = 0; i < ENTRIES; i++) {
            Files.createFile(folder.resolve("an entry with a name of some length, number " + i));
        }
        long before = liveBytes();
        long most = before;
        long sum = 0;
        int seen = 0;
        var listing = result(backend.list(path("/large")));
        for (var piece = result(listing.next(PIECE)); !piece.isEmpty(); piece = result(listing.next(PIECE))) {
            seen += piece.size();
            for (var entry : piece) {
                sum += Integer.parseInt(entry.name().substring(entry.name().lastIndexOf(' ') + 1));
            }
            if (seen % (ENTRIES / 10) == 0) {
                most = Math.max(most, liveBytes());
            }
        }
        listing.close();
        assertThat(seen).isEqualTo(ENTRIES);
        assertThat(sum).isEqualTo((long) ENTRIES * (ENTRIES - 1) / 2);
        assertThat(most - before).isLessThan(MOST_GROWTH);
        result(backend.removeFolder(path("/large"), true));
        assertThat(folder).doesNotExist();
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
