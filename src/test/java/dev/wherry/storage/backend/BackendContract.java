package dev.wherry.storage.backend;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.path.Etag;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Backend} promises, asked of every place where bytes may live: the tree, and all of uploads. */
public abstract class BackendContract extends UploadContract {
    @Test
    void missingFoldersAreMadeWhenAsked() {
        var upload = sealed(new byte[] {1});
        assertThat(fault(backend.publish(upload, path("/x/y/z"), ABSENT, NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.NO_FOLDER);

        result(backend.publish(upload, path("/x/y/z"), ABSENT, ALL_PARENTS));
        assertThat(read("/x/y/z")).containsExactly(1);
        assertThat(fault(backend.publish(sealed(new byte[1]), path("/x/y/z/below"), ABSENT, ALL_PARENTS))
                        .fault())
                .isEqualTo(Fault.NOT_FOLDER);
    }

    @Test
    void noFolderIsMadeAboveTheHighestThatMayBeMade() {
        var upload = sealed(new byte[] {1});
        var fromY = new Parents.From(path("/x/y"));
        var onlyItself = new Parents.From(path("/x/y/z"));
        for (var call : List.of(
                backend.publish(upload, path("/x/y/z"), ABSENT, fromY), backend.makeFolder(path("/x/y/z"), fromY))) {
            assertThat(fault(call).fault()).isEqualTo(Fault.DENIED);
            assertThat(fault(call).facts()).containsEntry("path", "/x").containsEntry("right", "write");
        }
        assertThat(list("/")).isEmpty();

        result(backend.makeFolder(path("/x"), NO_PARENTS));
        assertThat(fault(backend.publish(upload, path("/x/y/z"), ABSENT, onlyItself))
                        .facts())
                .containsEntry("path", "/x/y");
        result(backend.publish(upload, path("/x/y/z"), ABSENT, fromY));
        assertThat(read("/x/y/z")).containsExactly(1);
    }

    @Test
    void manyWhoMakeTheSameFoldersAllSucceed() {
        var all = new ArrayList<Future<Entry>>();
        for (int i = 0; i < 40; i++) {
            all.add(backend.publish(sealed(new byte[] {1}), path("/p/q/r/" + i), ABSENT, ALL_PARENTS));
        }
        result(Future.all(all));
        assertThat(list("/p/q/r")).hasSize(40);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (var call : reads("/absent")) {
            assertThat(fault(call).fault()).isEqualTo(Fault.NOT_FOUND);
        }
        for (var call : changes("/absent")) {
            assertThat(fault(call).fault()).isEqualTo(Fault.NOT_FOUND);
        }
    }

    @Test
    void aMissingFolderAboveIsNoFolder() {
        for (var call : reads("/absent/name")) {
            assertThat(fault(call).fault()).isEqualTo(Fault.NO_FOLDER);
        }
        for (var call : changes("/absent/name")) {
            assertThat(fault(call).fault()).isEqualTo(Fault.NO_FOLDER);
        }
        assertThat(fault(backend.makeFolder(path("/absent/name"), NO_PARENTS)).fault())
                .isEqualTo(Fault.NO_FOLDER);
    }

    @Test
    void aFileIsNoFolderAndAFolderNoFile() {
        put("/file", new byte[] {1});
        result(backend.makeFolder(path("/folder"), NO_PARENTS));

        assertThat(fault(backend.open(path("/folder"))).fault()).isEqualTo(Fault.IS_FOLDER);
        assertThat(fault(backend.delete(path("/folder"))).fault()).isEqualTo(Fault.IS_FOLDER);
        assertThat(fault(backend.open(VirtualPath.ROOT)).fault()).isEqualTo(Fault.IS_FOLDER);
        assertThat(fault(backend.delete(VirtualPath.ROOT)).fault()).isEqualTo(Fault.IS_FOLDER);
        assertThat(fault(backend.list(path("/file"))).fault()).isEqualTo(Fault.NOT_FOLDER);
        assertThat(fault(backend.removeFolder(path("/file"), true)).fault()).isEqualTo(Fault.NOT_FOLDER);
        for (var call : reads("/file/below")) {
            assertThat(fault(call).fault()).isEqualTo(Fault.NOT_FOLDER);
        }
        for (var call : changes("/file/below")) {
            assertThat(fault(call).fault()).isEqualTo(Fault.NOT_FOLDER);
        }
    }

    @Test
    void aFolderIsMadeOnceAndListed() {
        result(backend.makeFolder(path("/a"), NO_PARENTS));
        result(backend.makeFolder(path("/b/c/d"), ALL_PARENTS));

        assertThat(fault(backend.makeFolder(path("/a"), NO_PARENTS)).fault()).isEqualTo(Fault.EXISTS);
        assertThat(fault(backend.makeFolder(path("/b/c"), ALL_PARENTS)).fault()).isEqualTo(Fault.EXISTS);
        assertThat(fault(backend.makeFolder(VirtualPath.ROOT, ALL_PARENTS)).fault())
                .isEqualTo(Fault.EXISTS);
        put("/file", new byte[] {1});
        var file = fault(backend.makeFolder(path("/file"), NO_PARENTS));
        assertThat(file.facts()).containsKey("etag").containsEntry("kind", "file");
        assertThat(file).hasMessage("already exists: /file; choose another name");
        assertThat(fault(backend.makeFolder(path("/a"), NO_PARENTS)))
                .hasMessage("already exists: /a; choose another name");
        assertThat(fault(backend.publish(sealed(new byte[1]), path("/file"), ABSENT, NO_PARENTS)))
                .hasMessage("already exists: /file; confirm that it may be replaced, or choose another name");
        assertThat(list("/")).extracting(Entry::name).containsExactlyInAnyOrder("a", "b", "file");
        assertThat(result(backend.stat(path("/b/c"))).kind()).isEqualTo(Kind.FOLDER);
        assertThat(result(backend.stat(path("/b/c"))).etag()).isEmpty();
        assertThat(result(backend.stat(VirtualPath.ROOT)).kind()).isEqualTo(Kind.FOLDER);
    }

    @Test
    void aFolderIsListedPieceByPiece() {
        result(backend.makeFolder(path("/many"), NO_PARENTS));
        var names = new HashSet<String>();
        for (int i = 0; i < 25; i++) {
            result(backend.makeFolder(path("/many/" + i), NO_PARENTS));
            names.add("" + i);
        }
        var folder = result(backend.list(path("/many")));
        var seen = new ArrayList<String>();
        for (var piece = result(folder.next(10)); !piece.isEmpty(); piece = result(folder.next(10))) {
            assertThat(piece).hasSizeLessThanOrEqualTo(10);
            piece.forEach(entry -> seen.add(entry.name()));
        }
        folder.close();
        folder.close();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void onlyAnEmptyFolderGoesUnlessAllOfItShall() {
        put("/a/b/c/file", new byte[] {1});
        put("/a/other", new byte[] {1});

        var failure = fault(backend.removeFolder(path("/a"), false));
        assertThat(failure.fault()).isEqualTo(Fault.NOT_EMPTY);
        assertThat(failure.facts()).containsEntry("entries", 2L);
        result(backend.removeFolder(path("/a"), true));
        assertThat(list("/")).isEmpty();
        result(backend.makeFolder(path("/a"), NO_PARENTS));
        result(backend.removeFolder(path("/a"), false));
        assertThat(list("/")).isEmpty();
        assertThat(fault(backend.removeFolder(VirtualPath.ROOT, true)).fault()).isEqualTo(Fault.BAD_NAME);
    }

    @Test
    void aDeletedFileIsGone() {
        put("/a", new byte[] {1});
        result(backend.delete(path("/a")));
        assertThat(fault(backend.stat(path("/a"))).fault()).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void aMovedFileIsStillTheSameVersion() {
        var before = put("/a", new byte[] {1});
        result(backend.makeFolder(path("/folder"), NO_PARENTS));
        result(backend.move(path("/a"), path("/folder/b"), ABSENT));

        assertThat(result(backend.stat(path("/folder/b"))).etag()).isEqualTo(before.etag());
        assertThat(fault(backend.stat(path("/a"))).fault()).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void aMoveReplacesJustWhatWasConfirmed() {
        put("/a", new byte[] {1});
        var there = put("/b", new byte[] {2, 2});

        var failure = fault(backend.move(path("/a"), path("/b"), ABSENT));
        assertThat(failure.fault()).isEqualTo(Fault.EXISTS);
        assertFacts(failure.facts(), there);
        assertThat(fault(backend.move(path("/a"), path("/b"), new Precondition.Version(new Etag("other"))))
                        .fault())
                .isEqualTo(Fault.CHANGED);
        result(backend.move(path("/a"), path("/b"), version(there)));
        assertThat(read("/b")).containsExactly(1);
        put("/c", new byte[] {3});
        result(backend.move(path("/c"), path("/b"), ANY));
        assertThat(read("/b")).containsExactly(3);
        result(backend.makeFolder(path("/folder"), NO_PARENTS));
        assertThat(fault(backend.move(path("/b"), path("/folder"), ANY)).fault())
                .isEqualTo(Fault.IS_FOLDER);
    }

    @Test
    void aFolderMovesWithAllThatIsInItAndReplacesNothing() {
        put("/a/b/file", new byte[] {1});
        result(backend.makeFolder(path("/empty"), NO_PARENTS));
        put("/file", new byte[] {2});

        for (var expected : List.of(ABSENT, ANY)) {
            assertThat(fault(backend.move(path("/a"), path("/empty"), expected)).fault())
                    .isEqualTo(Fault.EXISTS);
            assertThat(fault(backend.move(path("/a"), path("/file"), expected)).fault())
                    .isEqualTo(Fault.EXISTS);
        }
        assertThat(fault(backend.move(path("/a"), path("/a/b/c"), ABSENT)).fault())
                .isEqualTo(Fault.BAD_NAME);
        assertThat(fault(backend.move(VirtualPath.ROOT, path("/x"), ABSENT)).fault())
                .isEqualTo(Fault.BAD_NAME);
        assertThat(fault(backend.move(path("/a"), VirtualPath.ROOT, ANY)).fault())
                .isEqualTo(Fault.EXISTS);
        assertThat(fault(backend.move(path("/a"), path("/absent/a"), ABSENT)).fault())
                .isEqualTo(Fault.NO_FOLDER);
        result(backend.move(path("/a"), path("/moved"), ABSENT));
        assertThat(read("/moved/b/file")).containsExactly(1);
    }

    @Test
    void thereIsRoom() {
        assertThat(result(backend.freeBytes())).isPositive();
    }

    private List<Future<?>> reads(String path) {
        return List.of(backend.stat(path(path)), backend.open(path(path)), backend.list(path(path)));
    }

    private List<Future<?>> changes(String path) {
        return List.of(
                backend.delete(path(path)),
                backend.removeFolder(path(path), false),
                backend.removeFolder(path(path), true),
                backend.move(path(path), path("/elsewhere"), ABSENT));
    }
}
