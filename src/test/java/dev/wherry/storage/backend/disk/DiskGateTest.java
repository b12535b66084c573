package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Content;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Outcome;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing outside the served folder can be reached, by whatever name. */
class DiskGateTest extends DiskFixture {
    private static final String CANARY = "the canary";

    private Path outside;

    @BeforeEach
    void plant() throws IOException {
        outside = Files.createDirectories(base.resolve("outside"));
        Files.writeString(outside.resolve("f"), CANARY);
        Files.createDirectories(outside.resolve("empty"));
        Files.createDirectories(root().resolve("folder"));
        Files.writeString(root().resolve("folder/f"), "inside");
        Files.createSymbolicLink(root().resolve("link"), Path.of("../outside"));
        Files.createSymbolicLink(root().resolve("absolute"), outside.toAbsolutePath());
        Files.createSymbolicLink(root().resolve("file-link"), Path.of("../outside/f"));
        Files.createSymbolicLink(root().resolve("folder/up"), Path.of("../../outside"));
        Files.createSymbolicLink(root().resolve("inner"), Path.of("folder"));
        Files.createSymbolicLink(root().resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(root().resolve("proc"), Path.of("/proc/self/cwd"));
    }

    @Test
    void noNastyNameReachesTheCanaryThroughAnyVerb() throws IOException {
        var before = content(outside);
        var nasty = nastyNames();
        assertThat(nasty).hasSizeGreaterThan(100);
        int refused = 0;
        for (var name : nasty) {
            for (var call : everyVerb(name)) {
                refused += isRefused(name, call) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(500);
        assertThat(content(outside)).isEqualTo(before);
    }

    /** Some of the names are odd and harmless: what is made by them is made inside, and is not the canary. */
    private static boolean isRefused(String name, Future<?> call) {
        Outcome.settled(List.of(call));
        if (call.failed()) {
            var failure = FaultException.of(call.cause());
            assertThat(failure.fault()).as("%s: %s", name, failure).isNotIn(Fault.INTERNAL, Fault.DISK_FAILED);
            assertThat(failure.facts().values()).doesNotContain((long) CANARY.length());
            return true;
        }
        assertThat(String.valueOf(call.result())).doesNotContain("size=" + CANARY.length());
        if (call.result() instanceof Content content) {
            assertThat(content.entry().size()).isNotEqualTo(CANARY.length());
            content.close();
        }
        return false;
    }

    /** The control: resolving names as many servers do, some of these names do leak. */
    @Test
    void aNaiveResolverLeaksTheCanary() {
        var leaked = nastyNames().stream().filter(this::leaksNaively).toList();
        assertThat(leaked)
                .contains("../outside/f", "link/f", "file-link", "folder/up/f")
                .hasSizeGreaterThan(10);
    }

    private boolean leaksNaively(String name) {
        try {
            return Files.readString(root().resolve(name)).equals(CANARY);
        } catch (IOException | InvalidPathException harmless) {
            return false;
        }
    }

    private List<String> nastyNames() {
        var names = new ArrayList<String>();
        for (var way : List.of(
                "..",
                "folder/..",
                "folder/../..",
                "./..",
                "link",
                "absolute",
                "folder/up",
                "inner/up",
                "proc",
                "loop",
                "inner",
                "../outside",
                "folder/../../outside",
                "link/empty/..",
                outside.toString(),
                "/" + outside,
                "//" + outside,
                "..\\outside",
                "%2e%2e",
                "..%2f..",
                "..;",
                "\u2025",
                "..\u0000",
                "link\u0000",
                "\uff0e\uff0e")) {
            for (var rest : List.of("", "/", "/f", "/empty", "/../outside/f", "/./f")) {
                names.add(way + rest);
            }
        }
        names.add("file-link");
        names.add("file-link/f");
        return names;
    }

    private List<Future<?>> everyVerb(String name) {
        VirtualPath path;
        try {
            path = VirtualPath.parse(name);
        } catch (FaultException refused) {
            assertThat(refused.fault()).isEqualTo(Fault.BAD_NAME);
            return List.of(Future.failedFuture(refused));
        }
        var free = path("/free" + UploadId.random());
        // All run at once, and an upload is published by one caller: so each has its own.
        return List.of(
                backend.stat(path),
                backend.open(path),
                backend.list(path),
                backend.makeFolder(path.child("made"), NO_PARENTS),
                backend.makeFolder(path.child("made"), ALL_PARENTS),
                backend.delete(path),
                backend.removeFolder(path, false),
                backend.removeFolder(path, true),
                backend.move(path, free, ABSENT),
                backend.move(path("/folder/f"), path.child("moved"), ANY),
                backend.publish(sealed(new byte[] {1}), path, ANY, NO_PARENTS),
                backend.publish(sealed(new byte[] {2}), path.child("new"), ANY, ALL_PARENTS));
    }

    @Test
    void aFolderThatIsSwappedForALinkWhileItIsOpenedNeverLeaks() throws Exception {
        Files.move(root().resolve("folder"), root().resolve("real"));
        Files.delete(root().resolve("real/up"));
        Files.createSymbolicLink(root().resolve("evil"), Path.of("../outside"));
        var stop = new AtomicBoolean();
        var swapper = Thread.ofPlatform().start(() -> swapUntil(stop));
        int inside = 0;
        int naiveLeaks = 0;
        try {
            for (int i = 0; i < 3_000 || inside == 0 || naiveLeaks == 0; i++) {
                inside += opensInside() ? 1 : 0;
                naiveLeaks += leaksNaively("swapped/f") ? 1 : 0;
                assertThat(i).as("the race was never met").isLessThan(300_000);
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
    }

    private boolean opensInside() {
        var open = backend.open(path("/swapped/f"));
        try {
            var content = result(open);
            assertThat(new String(result(content.read(0, 100)).getBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("inside");
            content.close();
            return true;
        } catch (FaultException refused) {
            assertThat(refused.fault()).isIn(Fault.NOT_FOUND, Fault.NO_FOLDER, Fault.REFUSED_ENTRY, Fault.NOT_FOLDER);
            return false;
        }
    }

    private void swapUntil(AtomicBoolean stop) {
        try (var folder = Descriptor.ofFolder(root())) {
            while (!stop.get()) {
                for (var way : List.of("real", "evil")) {
                    folder.rename(bytes(way), folder, bytes("swapped"), 0);
                    folder.rename(bytes("swapped"), folder, bytes(way), 0);
                }
            }
        }
    }

    @Test
    void whatIsNeitherFileNorFolderIsListedWithTheReasonAndNotOpened() throws IOException {
        assertThat(runs("mkfifo", root().resolve("pipe").toString())).isTrue();
        boolean device = runs("mknod", root().resolve("device").toString(), "c", "1", "3");
        var entries = list("/");
        var odd = new ArrayList<>(List.of("link", "file-link", "loop", "pipe"));
        if (device) {
            odd.add("device");
        }
        for (var name : odd) {
            assertThat(entries)
                    .filteredOn(entry -> entry.name().equals(name))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.kind()).isEqualTo(Kind.REFUSED);
                        assertThat(entry.refused()).isPresent();
                        assertThat(entry.etag()).isEmpty();
                    });
            for (var call : List.<Future<?>>of(
                    backend.stat(path(name)),
                    backend.open(path(name)),
                    backend.delete(path(name)),
                    backend.removeFolder(path(name), true),
                    backend.move(path(name), path("/moved"), ABSENT),
                    backend.publish(sealed(new byte[1]), path(name), ANY, NO_PARENTS))) {
                assertThat(fault(call).fault()).as(name).isEqualTo(Fault.REFUSED_ENTRY);
            }
        }
        assertThat(entries)
                .filteredOn(entry -> entry.refused().isEmpty())
                .extracting(Entry::name)
                .containsExactly("folder");
    }

    @Test
    void namesThatNobodyCouldAskForAreListedWithTheReason() {
        try (var folder = Descriptor.ofFolder(root().resolve("folder"))) {
            folder.makeFolder(new byte[] {'x', (byte) 0xff, 'y'}, 0750);
            folder.makeFolder(bytes("e\u0301"), 0750);
            folder.makeFolder(bytes("a\u0007b"), 0750);
            folder.makeFolder(bytes("n".repeat(201)), 0750);
        }
        var entries = new TreeMap<String, Optional<String>>();
        list("/folder").forEach(entry -> entries.put(entry.name(), entry.refused()));

        assertThat(entries.get("x\ufffdy"))
                .hasValueSatisfying(why -> assertThat(why).contains("UTF-8"));
        assertThat(entries.get("e\u0301"))
                .hasValueSatisfying(why -> assertThat(why).contains("NFC"));
        assertThat(entries.get("a\u0007b"))
                .hasValueSatisfying(why -> assertThat(why).contains("control"));
        assertThat(entries.get("n".repeat(201)))
                .hasValueSatisfying(why -> assertThat(why).contains("200"));
        result(backend.removeFolder(path("/folder"), true));
        assertThat(text(outside.resolve("f"))).isEqualTo(CANARY);
    }

    @Test
    void theServersOwnNamesAreNobodyElses() throws IOException {
        Files.writeString(root().resolve(".wherry-note"), "own");
        for (var name : List.of(
                ".wherry-staging",
                ".wherry-note",
                ".WHERRY-Staging",
                ".wHeRRy",
                ".w\u200dherry-staging",
                ".wherry-staging/" + UploadId.random() + ".part")) {
            for (var call : everyVerb(name)) {
                assertThat(fault(call).fault()).as(name).isEqualTo(Fault.BAD_NAME);
            }
        }
        assertThat(list("/")).extracting(Entry::name).noneMatch(name -> name.startsWith(".wherry"));
        result(backend.makeFolder(path("/folder/.wherry"), NO_PARENTS));
        assertThat(list("/folder")).extracting(Entry::name).contains(".wherry");
    }

    @Test
    void anotherFileSystemIsNotEntered() throws IOException {
        var mount = Files.createDirectories(root().resolve("folder/mount"));
        assumeRuns("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString());
        try {
            Files.writeString(mount.resolve("f"), CANARY);
            for (var name : List.of("/folder/mount", "/folder/mount/f")) {
                for (var call : List.<Future<?>>of(
                        backend.stat(path(name)),
                        backend.open(path(name)),
                        backend.list(path(name)),
                        backend.delete(path(name)),
                        backend.removeFolder(path(name), true))) {
                    assertThat(fault(call).fault()).isEqualTo(Fault.REFUSED_ENTRY);
                }
            }
            assertThat(list("/folder"))
                    .filteredOn(entry -> entry.name().equals("mount"))
                    .extracting(Entry::kind)
                    .containsExactly(Kind.REFUSED);
            assertThat(fault(backend.removeFolder(path("/folder"), true)).fault())
                    .isEqualTo(Fault.REFUSED_ENTRY);
            assertThat(text(mount.resolve("f"))).isEqualTo(CANARY);
        } finally {
            assertThat(runs("umount", mount.toString())).isTrue();
        }
    }

    private static Map<String, String> content(Path folder) throws IOException {
        var content = new TreeMap<String, String>();
        try (var paths = Files.walk(folder)) {
            paths.forEach(path -> content.put(path.toString(), Files.isRegularFile(path) ? text(path) : "folder"));
        }
        return content;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
