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
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationContext;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A tree of which a folder cannot be looked into. */
final class ListingTest {
    /** The folder {@code /} with {@code bad}, a folder that fails so, and {@code last}, a file. */
    private static Listing listing(Fault fault) {
        var backend = (Backend) Proxy.newProxyInstance(
                ListingTest.class.getClassLoader(), new Class<?>[] {Backend.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("list");
                    return Future.failedFuture(fault.because(arguments[0] + " fails"));
                });
        return new Listing(backend, new Listable(anybody(), VirtualPath.ROOT), true, new Root());
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

    private static final class Root implements Folder {
        private final ArrayDeque<Entry> entries =
                new ArrayDeque<>(List.of(entry("bad", Kind.FOLDER), entry("last", Kind.FILE)));

        private static Entry entry(String name, Kind kind) {
            return new Entry(name, kind, 0, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public Future<List<Entry>> next(int limit) {
            return Future.succeededFuture(
                    Optional.ofNullable(entries.poll()).stream().toList());
        }

        @Override
        public void close() {}
    }
}
