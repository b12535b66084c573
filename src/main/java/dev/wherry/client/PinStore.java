package dev.wherry.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** The keys of the servers that this user believes: a file with one line each, {@code HOST:PORT SHA256:…}. */
public final class PinStore {
    private static final String NAME = "known_servers";

    private final PrivateFile file;

    /** @param folder the client's configuration folder */
    public PinStore(Path folder) {
        this.file = new PrivateFile(folder.resolve(NAME));
    }

    /** The pin of a server, with the file and line at which it is written. */
    public Optional<Trust.Pin> find(ServerAddress server) throws IOException {
        int number = 0;
        for (var line : file.lines()) {
            number++;
            var words = line.strip().split("\\s+", 2);
            if (words.length == 2 && words[0].equals(server.toString())) {
                var origin = file.path() + ", line " + number;
                return Optional.of(new Trust.Pin(Fingerprint.parse(words[1]), origin));
            }
        }
        return Optional.empty();
    }

    /** Writes a pin down; in the place of an older one of that server, if there is one. */
    public void save(ServerAddress server, Fingerprint fingerprint) throws IOException {
        var lines = new ArrayList<String>();
        var own = server + " " + fingerprint;
        boolean placed = false;
        for (var line : file.lines()) {
            boolean older = line.startsWith(server + " ");
            if (older && placed) {
                continue;
            }
            lines.add(older ? own : line);
            placed |= older;
        }
        if (!placed) {
            lines.add(own);
        }
        file.write(lines);
    }
}
