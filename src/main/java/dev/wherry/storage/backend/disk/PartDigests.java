package dev.wherry.storage.backend.disk;

import dev.wherry.storage.backend.UploadId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The digests of uploads that were let go of, so that an upload which loses its link again and again is not read from
 * its start each time. Only the latest are kept; any other is computed anew. Asked by many threads.
 */
final class PartDigests {
    private static final int MOST = 1_000;

    /** Guarded by {@code this}. */
    private final Map<UploadId, PartDigest> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UploadId, PartDigest> eldest) {
            return size() > MOST;
        }
    };

    synchronized void keep(UploadId upload, PartDigest digest) {
        kept.put(upload, digest);
    }

    /** The digest of what the part file holds, if it is known and the file is not shorter by now. */
    synchronized Optional<PartDigest> take(UploadId upload, long length) {
        return Optional.ofNullable(kept.remove(upload)).filter(digest -> digest.hashed() <= length);
    }

    synchronized void forget(UploadId upload) {
        kept.remove(upload);
    }
}
