package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Listable;
import dev.wherry.storage.backend.Backend;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.Folder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationContext;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A tree of which a folder cannot be looked into. */
final class ListingTest {
    /** The folder {@code /} with {@code bad}, a folder that fails so, and {@code last}, a file. */
    private static Listing listing(Fault fault) {
        var backend = backend(path -> Future.failedFuture(fault.because(path + " fails")));
        return listing(backend, new Root());
    }

    /** @param list what it answers when a folder is to be opened, which is all that it is asked */
    private static Backend backend(Function<Object, Future<Folder>> list) {
        return (Backend) Proxy.newProxyInstance(
                ListingTest.class.getClassLoader(), new Class<?>[] {Backend.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("list");
                    return list.apply(arguments[0]);
                });
    }

    private static Listing listing(Backend backend, Folder root) {
        return listing(backend, root, anybody());
    }

    private static Listing listing(Backend backend, Folder root, Principal who) {
        var memory = new AnswerMemory(1 << 20).share(who);
        return new Listing(backend, new Listable(who, VirtualPath.ROOT), true, root, memory);
    }

    private static Principal anybody() {
        var user = User.create(
                new JsonObject().put("username", "ann").put("session", 1).put("mustChangePassword", false));
        user.authorizations().put("all", new Authorization() {
            @Override
            public boolean match(AuthorizationContext context) {
                return true;
            }

            @Override
            public boolean verify(Authorization asked) {
                return true;
            }
        });
        return Principal.of(user);
    }

    private static List<Listing.Found> all(Listing listing) {
        var all = new ArrayList<Listing.Found>();
        for (var batch = next(listing); !batch.isEmpty(); batch = next(listing)) {
            all.addAll(batch);
        }
        return all;
    }

    private static List<Listing.Found> next(Listing listing) {
        var next = listing.next();
        if (next.failed()) {
            throw FaultException.of(next.cause());
        }
        return next.result();
    }

    @Test
    void aFolderThatCannotBeLookedIntoIsToldAsRefused() {
        for (var fault : List.of(Fault.REFUSED_ENTRY, Fault.DISK_FAILED, Fault.NOT_FOLDER)) {
            var found = all(listing(fault));
            assertThat(found).extracting(Listing.Found::path).containsExactly("bad", "last");
            assertThat(found.getFirst().entry().kind()).isEqualTo(Kind.REFUSED);
            assertThat(found.getFirst().entry().refused().orElseThrow()).contains("/bad fails");
            assertThat(found.getFirst().unread().orElseThrow().fault()).isEqualTo(fault);
            assertThat(found.getLast().unread()).isEmpty();
        }
    }

    @Test
    void aFolderThatVanishedMeanwhileIsEmpty() {
        var found = all(listing(Fault.NOT_FOUND));
        assertThat(found).extracting(each -> each.entry().kind()).containsExactly(Kind.FOLDER, Kind.FILE);
    }

    @Test
    void whatMayPassEndsTheListing() {
        for (var fault : List.of(Fault.TOO_MANY, Fault.UNAVAILABLE, Fault.INTERNAL)) {
            assertThat(FaultException.of(listing(fault).next().cause()).fault()).isEqualTo(fault);
        }
    }

    /** So a list takes about the same memory wherever it is. */
    @Test
    void batchesAreShortWhereFoldersAreDeepAndWherePathsAreLong() {
        var asked = new ArrayList<Integer>();
        var backend = backend(path -> Future.succeededFuture(new Crowded(asked)));
        var listing = listing(backend, new Crowded(asked));
        while (asked.size() < 40) {
            int chars = next(listing).stream()
                    .mapToInt(found -> found.path().length())
                    .sum();
            assertThat(chars).isLessThan(36 * 1024);
        }
        assertThat(asked.subList(0, 4)).containsExactly(256, 128, 85, 64);
        assertThat(asked.getLast()).isEqualTo(16);
    }

    /** Of what an account may not see there may be any number before what it may. */
    @Test
    void aMillionHiddenEntriesAreNoDeepChain() {
        var who = Principal.of(User.create(
                new JsonObject().put("username", "ann").put("session", 1).put("mustChangePassword", false)));
        var listing = listing(backend(path -> Future.failedFuture("not asked")), new Hidden(), who);
        assertThat(all(listing)).extracting(Listing.Found::path).containsExactly("shown");
    }

    @Test
    void aFolderThatIsOpenedTooLateIsClosed() {
        var opening = Promise.<Folder>promise();
        var listing = listing(backend(path -> opening.future()), new Root());
        assertThat(listing.next().isComplete()).isFalse();
        listing.close();
        var late = new Hidden();
        opening.complete(late);
        assertThat(late.isClosed).isTrue();
    }

    /** A refused name is shown to everybody. */
    private static final class Hidden implements Folder {
        private int left = 1_000_000;
        private boolean isClosed;

        @Override
        public Future<List<Entry>> next(int limit) {
            int taken = Math.min(left, limit);
            left -= taken;
            if (taken == 0) {
                return Future.succeededFuture(List.of());
            }
            return Future.succeededFuture(
                    left > 0
                            ? Collections.nCopies(taken, entry("hidden", Kind.FILE))
                            : List.of(entry("shown", Kind.REFUSED)));
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static Entry entry(String name, Kind kind) {
        return new Entry(name, kind, 0, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of each batch the last is a folder. */
    private record Crowded(List<Integer> asked) implements Folder {
        @Override
        public Future<List<Entry>> next(int limit) {
            asked.add(limit);
            var entries = new ArrayList<>(Collections.nCopies(limit - 1, entry("x".repeat(200), Kind.FILE)));
            entries.add(entry("below", Kind.FOLDER));
            return Future.succeededFuture(entries);
        }

        @Override
        public void close() {}
    }

    private static final class Root implements Folder {
        private final ArrayDeque<Entry> entries =
                new ArrayDeque<>(List.of(entry("bad", Kind.FOLDER), entry("last", Kind.FILE)));

        @Override
        public Future<List<Entry>> next(int limit) {
            return Future.succeededFuture(
                    Optional.ofNullable(entries.poll()).stream().toList());
        }

        @Override
        public void close() {}
    }
}
