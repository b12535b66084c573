package dev.wherry.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sessions that this user has logged in to: a file with one line each, {@code HOST:PORT TOKEN USER}, the latest
 * last. Never a password.
 */
public final class LoginStore {
    private static final String NAME = "logins";

    private final PrivateFile file;

    /** @param folder the client's configuration folder */
    public LoginStore(Path folder) {
        this.file = new PrivateFile(folder.resolve(NAME));
    }

    /** The latest login; of this server and user only, where they are said. */
    public Optional<Login> latest(Optional<ServerAddress> server, Optional<String> user) throws IOException {
        return all().reversed().stream()
                .filter(login -> server.isEmpty() || login.server().equals(server.get()))
                .filter(login -> user.isEmpty() || login.user().equals(user.get()))
                .findFirst();
    }

    /** Keeps a login, in the place of an older one of that user there. */
    public void save(Login login) throws IOException {
        var logins = without(login::isSameAccount);
        logins.add(login);
        write(logins);
    }

    public void remove(Login login) throws IOException {
        write(without(login::isSameAccount));
    }

    private List<Login> without(Predicate<Login> unwanted) throws IOException {
        var logins = new ArrayList<>(all());
        logins.removeIf(unwanted);
        return logins;
    }

    private List<Login> all() throws IOException {
        return file.lines().stream()
                .map(line -> line.split(" ", 3))
                .filter(words -> words.length == 3)
                .map(words -> new Login(ServerAddress.parse(words[0]), words[2], words[1]))
                .toList();
    }

    private void write(List<Login> logins) throws IOException {
        file.write(logins.stream()
                .map(login -> login.server() + " " + login.token() + " " + login.user())
                .toList());
    }

    /** @param token of the session, as the server gave it; a bare word */
    public record Login(ServerAddress server, String user, String token) {
        public Login {
            if (token.isEmpty()
                    || token.chars().anyMatch(c -> c <= ' ')
                    || user.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("this login does not fit on a line");
            }
        }

        boolean isSameAccount(Login other) {
            return server.equals(other.server) && user.equals(other.user);
        }

        @Override
        public String toString() {
            return user + "@" + server;
        }
    }
}
