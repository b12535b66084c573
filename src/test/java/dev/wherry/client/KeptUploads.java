package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.util.Map;
import java.util.TreeMap;

/** What came whole to a server in memory and could not be published there: it has room for one, {@code u1}. */
public final class KeptUploads {
    private final Map<String, Upload> kept = new TreeMap<>();
    private final Map<String, Map<String, Object>> listed;

    /** @param listed the facts by which each is told of */
    KeptUploads(Map<String, Map<String, Object>> listed) {
        this.listed = listed;
    }

    public synchronized void keep(Upload upload) {
        kept.put("u1", upload);
        listed.put("u1", Map.of("upload", "u1", "path", upload.path().toString()));
    }

    /** It was published, or has expired. */
    public synchronized void forget() {
        kept.remove("u1");
        listed.remove("u1");
    }

    /** The one that is meant, as it shall be published now. */
    synchronized Upload resumed(Request.Resume request) {
        var upload = kept.get(request.upload());
        if (upload == null) {
            throw Fault.NOT_FOUND.because("no such upload");
        }
        var expected = request.to().isPresent() ? new Precondition.Absent() : upload.expected();
        return new Upload(
                upload.whole(),
                request.to().orElse(upload.path()),
                request.expected().orElse(expected));
    }

    /** What came, and where it was to go. */
    public record Upload(MemoryServer.Stored whole, VirtualPath path, Precondition expected) {}
}
