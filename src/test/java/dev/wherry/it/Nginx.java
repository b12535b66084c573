package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** nginx in front of a server, configured as the documentation says. */
final class Nginx implements AutoCloseable {
    private static final Path PAGE = Path.of("src/docs/operations.md");
    /** Of Debian, where users' search path may lack it. */
    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private final Process process;
    private final Path folder;
    private final int port;

    private Nginx(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param upstream where the server is, such as {@code https://127.0.0.1:8443} */
    static Nginx start(Path folder, int port, String upstream) throws IOException {
        Files.createDirectories(folder);
        certify(folder);
        var configuration =
                Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid FOLDER/nginx.pid;
                error_log FOLDER/error.log;
                events {}
                http {
                access_log off;
                client_body_temp_path FOLDER/body;
                proxy_temp_path FOLDER/proxy;
                fastcgi_temp_path FOLDER/fastcgi;
                uwsgi_temp_path FOLDER/uwsgi;
                scgi_temp_path FOLDER/scgi;
                %s
                }
                """.formatted(documented(folder, port, upstream))
                        .replace("FOLDER", folder.toString()));
        var program = Files.isExecutable(PROGRAM) ? PROGRAM.toString() : "nginx";
        var process = new ProcessBuilder(
                        program,
                        "-c",
                        configuration.toString(),
                        "-e",
                        folder.resolve("error.log").toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("output").toFile()))
                .start();
        var nginx = new Nginx(process, folder, port);
        await().atMost(Duration.ofSeconds(30)).until(() -> nginx.listens() || !process.isAlive());
        assertThat(process.isAlive()).as(nginx.errors()).isTrue();
        return nginx;
    }

    /** What the page says, with ports and paths that are free here; each of them has to be there. */
    private static String documented(Path folder, int port, String upstream) throws IOException {
        var block = Pattern.compile("(?s)```nginx\\n(.*?)```").matcher(Files.readString(PAGE));
        assertThat(block.find()).as("%s shows how nginx is configured", PAGE).isTrue();
        var text = block.group(1);
        for (var pair : List.of(
                List.of("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl"),
                List.of("/etc/ssl/files.pem", folder.resolve("files.pem").toString()),
                List.of("/etc/ssl/files.key", folder.resolve("files.key").toString()),
                List.of("https://127.0.0.1:8443", upstream))) {
            assertThat(text).contains(pair.getFirst());
            text = text.replace(pair.getFirst(), pair.getLast());
        }
        return text;
    }

    private static void certify(Path folder) {
        var names = "subjectAltName=DNS:files.example.org,DNS:localhost,IP:127.0.0.1";
        var made = Curl.run(
                folder,
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        "files.key",
                        "-out",
                        "files.pem",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=files.example.org",
                        "-addext",
                        names));
        assertThat(made.code()).as(made.err()).isZero();
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    Path certificate() {
        return folder.resolve("files.pem");
    }

    int port() {
        return port;
    }

    String errors() {
        try {
            return Files.readString(folder.resolve("output")) + Files.readString(folder.resolve("error.log"));
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
