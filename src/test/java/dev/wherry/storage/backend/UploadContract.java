package dev.wherry.storage.backend;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is promised of uploads and of the files that they become. */
public abstract class UploadContract extends BackendFixture {
    @Test
    void aPublishedFileComesBackByteForByte() {
        var bytes = randomBytes(3_000_001);
        var published = put("/a.bin", bytes);

        assertThat(published.name()).isEqualTo("a.bin");
        assertThat(published.kind()).isEqualTo(Kind.FILE);
        assertThat(published.size()).isEqualTo(bytes.length);
        assertThat(published.etag()).isPresent();
        assertThat(read("/a.bin")).isEqualTo(bytes);
        assertThat(result(backend.stat(path("/a.bin")))).isEqualTo(published);
    }

    @Test
    void anEmptyFileIsAFile() {
        assertThat(put("/empty", new byte[0]).size()).isZero();
        assertThat(read("/empty")).isEmpty();
    }

    @Test
    void theDigestAndTheTimeStayWithTheFile() {
        var sink = result(backend.create(UploadId.random()));
        var bytes = "hello".getBytes(StandardCharsets.UTF_8);
        result(sink.write(List.of(ByteBuffer.wrap(bytes))));
        var sealed = result(sink.seal(new Seal(OptionalLong.of(5), Optional.of(sha256(bytes)), Optional.of(MODIFIED))));
        result(sink.close());

        assertThat(sealed).isEqualTo(new Sealed(5, sha256(bytes)));
        var entry = result(backend.publish(sink.upload(), path("/hello"), ABSENT, NO_PARENTS));
        assertThat(entry.sha256()).contains(sha256(bytes));
        assertThat(entry.modified()).isEqualTo(MODIFIED);
        assertThat(result(backend.open(path("/hello"))).entry()).isEqualTo(entry);
    }

    @Test
    void writesKeepTheirOrderThoughTheyOverlap() {
        var sink = result(backend.create(UploadId.random()));
        var expected = Buffer.buffer();
        var writes = new ArrayList<Future<Void>>();
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var parts = new ArrayList<ByteBuffer>();
            for (int part = random.nextInt(5); part > 0; part--) {
                var bytes = new byte[random.nextInt(3_000)];
                random.nextBytes(bytes);
                expected.appendBytes(bytes);
                parts.add(random.nextBoolean() ? ByteBuffer.wrap(bytes) : direct(bytes));
            }
            writes.add(sink.write(parts));
            if (i % 50 == 49) {
                writes.add(sink.sync().mapEmpty());
            }
        }
        result(Future.all(writes));
        var sealed = result(sink.seal(promise()));
        result(sink.close());
        result(backend.publish(sink.upload(), path("/ordered"), ABSENT, NO_PARENTS));

        assertThat(sealed.sha256()).isEqualTo(sha256(expected.getBytes()));
        assertThat(read("/ordered")).isEqualTo(expected.getBytes());
    }

    @Test
    void aSyncTellsTheOffsetOfWhatWasWrittenBeforeIt() {
        var sink = result(backend.create(UploadId.random()));
        var first = sink.write(List.of(ByteBuffer.allocate(100_000)));
        var safe = sink.sync();
        var second = sink.write(List.of(ByteBuffer.allocate(50_000)));

        assertThat(result(safe)).isEqualTo(100_000);
        result(first);
        result(second);
        assertThat(result(sink.sync())).isEqualTo(150_000);
        result(sink.close());
    }

    @Test
    void whatIsNotPublishedIsSeenByNobody() {
        var sink = result(backend.create(UploadId.random()));
        result(sink.write(List.of(ByteBuffer.allocate(10))));
        result(sink.seal(promise()));

        assertThat(list("/")).isEmpty();
        result(sink.close());
        assertThat(list("/")).isEmpty();
    }

    @Test
    void aWrongSizeIsNotSealed() {
        var sink = result(backend.create(UploadId.random()));
        result(sink.write(List.of(ByteBuffer.allocate(10))));

        var failure = fault(sink.seal(new Seal(OptionalLong.of(11), Optional.empty(), Optional.empty())));
        assertThat(failure.fault()).isEqualTo(Fault.WRONG_SIZE);
        assertThat(failure.facts()).containsEntry("promised", 11L).containsEntry("received", 10L);
        assertThat(fault(sink.sync()).fault()).isEqualTo(Fault.WRONG_SIZE);
        result(sink.close());
        result(sink.close());
    }

    @Test
    void aWrongDigestIsNotSealed() {
        var sink = result(backend.create(UploadId.random()));
        result(sink.write(List.of(ByteBuffer.allocate(10))));

        var promised = new Seal(OptionalLong.empty(), Optional.of(sha256(new byte[11])), Optional.empty());
        assertThat(fault(sink.seal(promised)).fault()).isEqualTo(Fault.WRONG_DIGEST);
        result(sink.close());
    }

    @Test
    void nothingIsWrittenAfterTheSeal() {
        var sink = result(backend.create(UploadId.random()));
        result(sink.seal(promise()));

        assertThat(fault(sink.write(List.of(ByteBuffer.allocate(1)))).fault()).isEqualTo(Fault.STOPPED);
        result(sink.close());
        assertThat(fault(sink.sync()).fault()).isEqualTo(Fault.STOPPED);
    }

    @Test
    void anUnsealedUploadIsNotPublished() {
        var sink = result(backend.create(UploadId.random()));
        result(sink.write(List.of(ByteBuffer.allocate(1))));
        result(sink.close());

        fault(backend.publish(sink.upload(), path("/unsealed"), ABSENT, NO_PARENTS));
        assertThat(fault(backend.stat(path("/unsealed"))).fault()).isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void anUploadIsCreatedOnce() {
        var sink = result(backend.create(UploadId.random()));
        result(sink.write(List.of(ByteBuffer.allocate(1))));
        var second = backend.create(sink.upload()).compose(again -> again.write(List.of(ByteBuffer.allocate(1))));
        assertThat(fault(second).fault()).isEqualTo(Fault.EXISTS);
        result(sink.close());
    }

    @Test
    void aNewNameNeverReplacesAndSaysWhatIsThere() {
        var there = put("/a", new byte[] {1, 2, 3});
        var upload = sealed(new byte[] {4});

        var failure = fault(backend.publish(upload, path("/a"), ABSENT, NO_PARENTS));
        assertThat(failure.fault()).isEqualTo(Fault.EXISTS);
        assertFacts(failure.facts(), there);
        assertThat(read("/a")).containsExactly(1, 2, 3);
        result(backend.publish(upload, path("/b"), ABSENT, NO_PARENTS));
        assertThat(read("/b")).containsExactly(4);
    }

    @Test
    void justTheConfirmedVersionIsReplaced() {
        var first = put("/a", new byte[] {1});
        var second = result(backend.publish(sealed(new byte[] {2}), path("/a"), version(first), NO_PARENTS));
        assertThat(read("/a")).containsExactly(2);

        var late = sealed(new byte[] {3});
        var failure = fault(backend.publish(late, path("/a"), version(first), NO_PARENTS));
        assertThat(failure.fault()).isEqualTo(Fault.CHANGED);
        assertFacts(failure.facts(), second);
        assertThat(read("/a")).containsExactly(2);
        var gone = fault(backend.publish(late, path("/gone"), version(first), NO_PARENTS));
        assertThat(gone.fault()).isEqualTo(Fault.CHANGED);
        assertThat(gone.facts()).containsEntry("path", "/gone").hasSize(1);
    }

    @Test
    void anyFileMayBeReplacedButNoFolder() {
        put("/a", new byte[] {1});
        result(backend.publish(sealed(new byte[] {2}), path("/a"), ANY, NO_PARENTS));
        result(backend.publish(sealed(new byte[] {3}), path("/new"), ANY, NO_PARENTS));
        result(backend.makeFolder(path("/folder"), NO_PARENTS));
        var upload = sealed(new byte[] {4});

        assertThat(read("/a")).containsExactly(2);
        assertThat(read("/new")).containsExactly(3);
        for (var expected : List.of(ANY, version(put("/x", new byte[0])))) {
            assertThat(fault(backend.publish(upload, path("/folder"), expected, NO_PARENTS))
                            .fault())
                    .isEqualTo(Fault.IS_FOLDER);
        }
        assertThat(fault(backend.publish(upload, path("/folder"), ABSENT, NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.EXISTS);
        assertThat(fault(backend.publish(upload, VirtualPath.ROOT, ANY, NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.IS_FOLDER);
    }

    @Test
    void publishingAgainAnswersTheSame() {
        var upload = sealed(new byte[] {1});
        var first = result(backend.publish(upload, path("/a"), ABSENT, NO_PARENTS));

        assertThat(result(backend.publish(upload, path("/a"), ABSENT, NO_PARENTS)))
                .isEqualTo(first);
        assertThat(result(backend.publish(upload, path("/a"), ANY, NO_PARENTS))).isEqualTo(first);
        assertThat(fault(backend.publish(upload, path("/b"), ABSENT, NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(backend.publish(UploadId.random(), path("/c"), ABSENT, NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void exactlyOneOfManyCreatorsWins() {
        for (int round = 0; round < 20; round++) {
            var target = path("/raced" + round);
            var all = new ArrayList<Future<Entry>>();
            for (int i = 0; i < 6; i++) {
                all.add(backend.publish(sealed(new byte[] {1}), target, ABSENT, NO_PARENTS));
            }
            Outcome.settled(all);
            assertThat(all).filteredOn(Future::succeeded).hasSize(1);
            assertThat(all)
                    .filteredOn(Future::failed)
                    .allSatisfy(lost -> assertThat(fault(lost).fault()).isEqualTo(Fault.EXISTS));
        }
    }

    @Test
    void aReaderKeepsTheVersionThatItOpened() {
        var first = put("/a", new byte[] {1, 2, 3});
        var content = result(backend.open(path("/a")));
        result(backend.publish(sealed(new byte[] {9}), path("/a"), version(first), NO_PARENTS));

        assertThat(result(content.read(0, 10)).getBytes()).containsExactly(1, 2, 3);
        result(backend.delete(path("/a")));
        assertThat(result(content.read(1, 2)).getBytes()).containsExactly(2, 3);
        content.close();
        content.close();
    }

    @Test
    void aReadGivesWhatIsThereAndNothingBeyond() {
        put("/a", new byte[] {1, 2, 3, 4});
        var content = result(backend.open(path("/a")));

        assertThat(result(content.read(1, 2)).getBytes()).containsExactly(2, 3);
        assertThat(result(content.read(3, 100)).getBytes()).containsExactly(4);
        assertThat(result(content.read(4, 1)).length()).isZero();
        assertThat(result(content.read(Long.MAX_VALUE, 1)).length()).isZero();
        assertThat(result(content.read(0, 0)).length()).isZero();
        assertThat(fault(content.read(-1, 1)).fault()).isEqualTo(Fault.OUT_OF_RANGE);
        content.close();
    }

    @Test
    void anUploadCanBeDiscardedAtAnyTime() {
        var upload = sealed(new byte[] {1});
        assertThat(result(backend.staged(Duration.ZERO))).containsExactly(upload);
        result(backend.discard(upload));
        result(backend.discard(upload));
        assertThat(result(backend.staged(Duration.ZERO))).isEmpty();
        assertThat(fault(backend.publish(upload, path("/a"), ABSENT, NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void onlyUploadsThatLieUntouchedLongEnoughAreTold() {
        sealed(new byte[] {1});
        assertThat(result(backend.staged(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void aDigestIsRecordedOnceItIsKnown() {
        var bytes = new byte[] {1, 2, 3};
        var entry = put("/a", bytes);
        var content = result(backend.open(path("/a")));
        result(content.record(sha256(bytes)));
        content.close();

        var after = result(backend.stat(path("/a")));
        assertThat(after.etag()).isEqualTo(entry.etag());
        assertThat(after.sha256()).contains(sha256(bytes));
    }

    @Test
    void answersComeOnTheCallersContext() {
        var context = vertx.getOrCreateContext();
        var wrong = new AtomicReference<Optional<Context>>(Optional.empty());
        var done = io.vertx.core.Promise.<Void>promise();
        context.runOnContext(start -> backend.create(UploadId.random())
                .compose(sink -> sink.write(List.of(ByteBuffer.allocate(10)))
                        .onComplete(any -> check(context, wrong))
                        .compose(any -> sink.sync())
                        .onComplete(any -> check(context, wrong))
                        .compose(any -> sink.seal(promise()))
                        .onComplete(any -> check(context, wrong))
                        .compose(any -> sink.close())
                        .onComplete(any -> check(context, wrong))
                        .compose(any -> backend.publish(sink.upload(), path("/a"), ABSENT, NO_PARENTS)))
                .onComplete(any -> check(context, wrong))
                .<Void>mapEmpty()
                .onComplete(done));
        result(done.future());
        assertThat(wrong.get()).isEmpty();
    }

    private static void check(Context expected, AtomicReference<Optional<Context>> wrong) {
        var now = Optional.ofNullable(Vertx.currentContext());
        if (!now.equals(Optional.of(expected))) {
            wrong.set(now);
        }
    }
}
