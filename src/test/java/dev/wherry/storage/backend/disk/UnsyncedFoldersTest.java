package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Parents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose sync failed promises nothing below it, until that is a trouble no longer. */
@ExtendWith(VertxExtension.class)
final class UnsyncedFoldersTest {
    @TempDir
    private Path root;

    private Pools pools;
    private ServedFolder served;
    private Changes changes;
    private FolderMaker folders;
    private volatile boolean syncsFail;

    @BeforeEach
    void open(Vertx vertx) {
        pools = new Pools(vertx);
        served = ServedFolder.open(root, false);
        folders = new FolderMaker(served.tree(), 0750);
        changes = new Changes(pools, new FolderSync(vertx, this::sync));
    }

    @AfterEach
    void close() {
        result(pools.close());
        served.staging().orElseThrow().folder().close();
        served.tree().close();
    }

    private Future<Integer> sync(Callable<Integer> work) {
        return syncsFail ? Future.failedFuture(Fault.DISK_FAILED.because("as the test wants it")) : pools.sync(work);
    }

    @Test
    void belowAFolderWhoseSyncFailedNothingIsPromised() {
        makeUnsynced("/a");
        refusedBelow("/a/1");
        refusedBelow("/a/2");
    }

    @Test
    void aLaterSyncOfItsParentProvesIt() {
        makeUnsynced("/a");
        make("/another");
        make("/a/b");
    }

    @Test
    void aSyncOfAnotherFolderProvesNothing() {
        make("/other");
        makeUnsynced("/a");
        make("/other/b");
        refusedBelow("/a/b");
    }

    @Test
    void aSyncThatFailsTooProvesNothing() {
        makeUnsynced("/a");
        makeUnsynced("/another");
        refusedBelow("/a/b");
    }

    @Test
    void oneThatIsRemovedIsATroubleNoLonger() {
        make("/top");
        makeUnsynced("/top/a");
        refusedBelow("/top/a/b");
        result(change("/top", change -> new Removal(served.tree()).folder(change, true)));
        make("/top");
        makeByHand("/top/a");
        make("/top/a/b");
    }

    @Test
    void oneThatIsMovedIsATroubleNoLonger() {
        make("/top");
        makeUnsynced("/top/a");
        result(change("/top", change -> move(change, "/moved")));
        make("/moved/a/b");
        make("/top");
        makeByHand("/top/a");
        make("/top/a/b");
    }

    @Test
    void aFolderWhoseNewNameIsNotSyncedPromisesNothingEither() {
        make("/a");
        syncsFail = true;
        assertThat(fault(change("/a", change -> move(change, "/b"))).fault()).isEqualTo(Fault.DISK_FAILED);
        syncsFail = false;
        refusedBelow("/b/c");
        make("/another");
        make("/b/d");
    }

    /** Made by somebody else, without a promise that could hide one that was left. */
    private void makeByHand(String path) {
        assertThat(root.resolve(path.substring(1)).toFile().mkdir()).isTrue();
    }

    private void move(Change change, String to) {
        new Moving(served.tree()).move(change, VirtualPath.parse(to), new Precondition.Absent());
    }

    private void makeUnsynced(String path) {
        syncsFail = true;
        refusedBelow(path);
        syncsFail = false;
    }

    private void refusedBelow(String path) {
        assertThat(fault(making(path)).fault()).isEqualTo(Fault.DISK_FAILED);
    }

    private void make(String path) {
        result(making(path));
    }

    private Future<Boolean> making(String path) {
        return change(path, change -> folders.make(change, Parents.NONE));
    }

    private Future<Boolean> change(String path, Consumer<Change> work) {
        return changes.make(VirtualPath.parse(path), change -> {
            work.accept(change);
            return true;
        });
    }
}
