package dev.wherry.door.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.bus.Event;
import dev.wherry.fault.Fault;
import dev.wherry.metrics.RequestAnswered;
import dev.wherry.path.Sha256;
import dev.wherry.storage.LeaseId;
import dev.wherry.storage.Storage;
import dev.wherry.storage.backend.Entry;
import dev.wherry.storage.backend.UploadId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a connection's requests when its session ends while some of them run. */
final class ConsoleSessionTest {
    @TempDir
    private Path folder;

    private DoorFixture fixture;

    /** Downloads that wait for the gate. */
    private final List<Promise<LeaseId>> opening = new CopyOnWriteArrayList<>();

    private final List<LeaseId> closed = new CopyOnWriteArrayList<>();
    private final List<UploadId> committing = new CopyOnWriteArrayList<>();
    private final List<String> made = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        fixture = new DoorFixture(folder);
        fixture.bus.answer(Storage.OPEN, asked -> {
            var promise = Promise.<LeaseId>promise();
            opening.add(promise);
            return promise.future();
        });
        fixture.bus.answer(Storage.MAKE_FOLDER, asked -> {
            made.add(asked.path().toString());
            return Future.succeededFuture(Storage.Done.DONE);
        });
        fixture.bus.answer(Storage.CLOSE, asked -> {
            closed.add(asked.lease());
            return Future.succeededFuture(Storage.Done.DONE);
        });
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void awaitOpening(int count) {
        await().atMost(Duration.ofMinutes(1)).until(() -> opening.size() == count);
    }

    @Test
    void aLineBehindARequestThatIsCutIsNotCarriedOut() throws Exception {
        try (var client = fixture.client()) {
            client.say("DOWNLOAD /a");
            awaitOpening(1);
            fixture.endSession();
            settle();
            client.say("MKDIR /late");
            settle();
            opening.getFirst().fail(Fault.NOT_FOUND.because("there is no /a"));
            assertThat(client.rest()).hasSize(1).first().asString().startsWith("ERR");
        }
        settle();
        assertThat(made).isEmpty();
    }

    /** What was read before the cut has its answer, one for each, and then the connection ends. */
    @Test
    void aLineThatWaitedBeforeTheCutIsAnsweredAndNotCarriedOut() throws Exception {
        try (var client = fixture.client()) {
            client.say("DOWNLOAD /a", "MKDIR /waits");
            awaitOpening(1);
            settle();
            fixture.endSession();
            settle();
            opening.getFirst().fail(Fault.NOT_FOUND.because("there is no /a"));
            assertThat(client.rest())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).startsWith("ERR"));
        }
        assertThat(made).isEmpty();
    }

    @Test
    void aLineBehindARequestIsCarriedOutWhenNothingIsCut() throws Exception {
        try (var client = fixture.client()) {
            client.say("DOWNLOAD /a");
            awaitOpening(1);
            client.say("MKDIR /late");
            settle();
            opening.getFirst().fail(Fault.NOT_FOUND.because("there is no /a"));
            client.expect("ERR");
            client.expect("OK");
        }
        assertThat(made).containsExactly("/late");
    }

    /** How long its sender took is no fault of the server's. */
    @Test
    void anUploadIsAnsweredAsFastAsItsEndMarkIs() throws Exception {
        var answered = new CopyOnWriteArrayList<RequestAnswered>();
        fixture.bus.hear(Event.HAPPENED, event -> {
            if (event instanceof RequestAnswered request && request.verb().equals("upload")) {
                answered.add(request);
            }
        });
        fixture.bus.answer(
                Storage.RESERVE, asked -> Future.succeededFuture(new Storage.Reservation(UploadId.random(), false)));
        fixture.bus.answer(Storage.COMMIT, asked -> {
            fixture.clock.addAndGet(Duration.ofMillis(30).toNanos());
            return Future.failedFuture(Fault.NO_FOLDER.because("it is gone meanwhile"));
        });
        try (var client = fixture.client()) {
            client.say("UPLOAD /a size=0");
            client.expect("SEND");
            fixture.clock.addAndGet(Duration.ofSeconds(20).toNanos());
            client.say("0 " + Sha256.of(Sha256.digest()).hex());
            while (client.line().startsWith("ACK")) {
                // How far it is.
            }
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> !answered.isEmpty());
        assertThat(answered.getFirst().took()).isEqualTo(Duration.ofMillis(30));
    }

    /** Publishing may take long: a client that hears nothing would take the server for gone. */
    @Test
    void whileAnUploadIsPublishedItsClientHearsOfIt() throws Exception {
        var published = Promise.<Entry>promise();
        fixture.bus.answer(
                Storage.RESERVE, asked -> Future.succeededFuture(new Storage.Reservation(UploadId.random(), false)));
        fixture.bus.answer(Storage.COMMIT, asked -> {
            committing.add(asked.upload());
            return published.future();
        });
        try (var client = fixture.client()) {
            client.say("UPLOAD /a size=0", "0 " + Sha256.of(Sha256.digest()).hex());
            client.expect("SEND");
            await().atMost(Duration.ofMinutes(1)).until(() -> !committing.isEmpty());
            client.skip("ACK", 4);
            published.fail(Fault.NO_FOLDER.because("it is gone meanwhile"));
            while (client.line().startsWith("ACK")) {
                // One may have been on its way.
            }
        }
    }

    /** The connection of who takes too little is closed: nobody would hear what became of the rest. */
    @Test
    void whatWaitsBehindADownloadThatIsTooSlowIsNotCarriedOut() throws Exception {
        Files.write(folder.resolve("a"), new byte[64 << 20]);
        try (var client = fixture.client()) {
            client.say("DOWNLOAD /a", "MKDIR /waits");
            awaitOpening(1);
            opening.getFirst().complete(new LeaseId(1));
            client.expect("DATA");
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                fixture.clock.addAndGet(Duration.ofSeconds(20).toNanos());
                return !closed.isEmpty();
            });
            settle();
        }
        assertThat(made).isEmpty();
    }

    /** What was sent or told before is heard meanwhile, and nothing is carried out. */
    private void settle() {
        await().during(Duration.ofMillis(200)).atMost(Duration.ofMinutes(1)).until(made::isEmpty);
    }
}
