package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.client.Connection;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.client.Uploaded;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two who want the same new name at once: one gets it, and the other is told so. */
final class RaceIT {
    private static final int ROUNDS = Application.isLong() ? 200 : 15;

    @TempDir
    Path temporary;

    /** One client's part of a round: what it published, or why it could not. */
    private record Attempt(Payload payload, Optional<Uploaded> won, Optional<Fault> refused) {}

    @Test
    void ofTwoWhoUploadTheSameNewNameAtOnceExactlyOneSucceeds() throws Exception {
        var random = Application.random(RaceIT.class);
        Map<Fault, Integer> refusals = new EnumMap<>(Fault.class);
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var peers = new Peers(server);
            try (var one = peers.connect();
                    var other = peers.connect()) {
                for (int round = 0; round < ROUNDS; round++) {
                    var name = "wanted-" + round;
                    var attempts = race(one, other, name, random);
                    var winners = attempts.stream()
                            .filter(attempt -> attempt.won().isPresent())
                            .toList();
                    assertThat(winners).as("winners of round %s", round).hasSize(1);
                    attempts.forEach(
                            attempt -> attempt.refused().ifPresent(fault -> refusals.merge(fault, 1, Integer::sum)));
                    assertThat(Payload.sha256(server.files().resolve(name)))
                            .as("the file of round %s is the winner's", round)
                            .isEqualTo(winners.getFirst().payload().sha256());
                }
            }
        }
        System.out.println("RaceIT refused: " + refusals);
        assertThat(refusals.keySet()).isSubsetOf(Fault.BUSY, Fault.EXISTS);
    }

    @Test
    void whoComesWhileAnotherIsPastSendIsRefusedBeforeItsBytes() throws Exception {
        var name = Peers.path("/wanted");
        var content = Client.utf8("the first");
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var peers = new Peers(server);
            try (var first = Held.upload(peers, name, content, new Precondition.Absent());
                    var second = WireClient.loggedIn(server, peers.token())) {
                var refused = second.refusal("UPLOAD /wanted size=unknown");
                assertThat(refused.fault()).isEqualTo(Fault.BUSY);
                assertThat(refused.facts()).containsEntry("by", "admin");
                second.say("! \"refused\"");
                assertThat(server.files().resolve("wanted")).doesNotExist();
                first.finish();
                assertThat(server.files().resolve("wanted")).hasBinaryContent(content);
                assertThatThrownBy(() -> Held.upload(peers, name, content, new Precondition.Absent())
                                .finish())
                        .hasRootCauseInstanceOf(FaultException.class)
                        .rootCause()
                        .extracting(failure -> ((FaultException) failure).fault())
                        .isEqualTo(Fault.EXISTS);
            }
        }
    }

    private List<Attempt> race(Connection one, Connection other, String name, Random random) throws Exception {
        int size = random.nextBoolean() ? random.nextInt(1 << 20) : (1 << 20) + random.nextInt(2 << 20);
        var start = new CyclicBarrier(2);
        var first = attempt(one, name, Payload.make(temporary.resolve("first"), size, random), start);
        var second = attempt(other, name, Payload.make(temporary.resolve("second"), size, random), start);
        return List.of(first.get(2, TimeUnit.MINUTES), second.get(2, TimeUnit.MINUTES));
    }

    private static CompletableFuture<Attempt> attempt(
            Connection connection, String name, Payload payload, CyclicBarrier start) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var source = Source.file(payload.file())) {
                        start.await();
                        var uploaded = connection.upload(
                                Peers.path("/" + name), source, new Precondition.Absent(), false, TransferWatch.NOBODY);
                        return new Attempt(payload, Optional.of(uploaded), Optional.empty());
                    } catch (FaultException refused) {
                        return new Attempt(payload, Optional.empty(), Optional.of(refused.fault()));
                    } catch (IOException failure) {
                        throw new java.io.UncheckedIOException(failure);
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                task -> Thread.ofPlatform().start(task));
    }
}
