package dev.wherry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Leases.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeasesTest {
    private static final VirtualPath FILE = VirtualPath.parse("/a/b/file");

    private static final List<Use> USES = List.of(Use.READ, Use.WRITE, Use.REMOVE);

    private final Leases leases = new Leases();

    @ParameterizedTest
    @CsvSource({
        "READ,   READ,   free", "READ,   WRITE,  free", "READ,   REMOVE, busy",
        "WRITE,  READ,   free", "WRITE,  WRITE,  busy", "WRITE,  REMOVE, busy",
        "REMOVE, READ,   busy", "REMOVE, WRITE,  busy", "REMOVE, REMOVE, busy",
    })
    void theSameNameIsFreeOrBusyAsTheTableSays(Use there, Use wanted, String outcome) {
        leases.take(FILE, there, "ann");
        assertThat(leases.conflict(FILE, wanted).isPresent()).isEqualTo(outcome.equals("busy"));
    }

    @ParameterizedTest
    @CsvSource({"READ", "WRITE", "REMOVE"})
    void aFolderCannotBeRemovedWhileAnythingBelowItIsInUse(Use below) {
        leases.take(FILE, below, "ann");
        assertThat(leases.conflict(VirtualPath.parse("/a"), Use.REMOVE)).isPresent();
        assertThat(leases.conflict(VirtualPath.ROOT, Use.REMOVE)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"READ", "WRITE", "REMOVE"})
    void nothingBelowAFolderCanBeginWhileTheFolderIsBeingRemoved(Use below) {
        leases.take(VirtualPath.parse("/a"), Use.REMOVE, "ann");
        assertThat(leases.conflict(FILE, below)).isPresent();
    }

    @Test
    void aNameThatOnlyBeginsAlikeIsNotBelow() {
        leases.take(VirtualPath.parse("/ab/file"), Use.WRITE, "ann");
        leases.take(VirtualPath.parse("/a.txt"), Use.WRITE, "ann");
        assertThat(leases.conflict(VirtualPath.parse("/a"), Use.REMOVE)).isEmpty();
    }

    @Test
    void theConflictSaysWhoIsDoingWhat() {
        leases.take(FILE, Use.WRITE, "ann");
        assertThat(leases.conflict(FILE, Use.WRITE))
                .hasValueSatisfying(lease ->
                        assertThat(lease.holder() + " " + lease.use().words()).isEqualTo("ann being uploaded"));
    }

    @Test
    void endingALeaseTwiceEndsNoOther() {
        var first = leases.take(FILE, Use.READ, "ann");
        leases.take(FILE, Use.READ, "bob");
        leases.end(first);
        leases.end(first);
        assertThat(leases.conflict(FILE, Use.REMOVE))
                .hasValueSatisfying(lease -> assertThat(lease.holder()).isEqualTo("bob"));
    }

    /** Against a model that looks at every lease there is, without any order. */
    @Test
    void leasesAgreeWithAModelThatLooksAtEveryPair() {
        long seed = System.nanoTime();
        System.out.println("LeasesTest seed " + seed);
        var random = new Random(seed);
        Map<LeaseId, Leases.Lease> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            var path = path(random);
            var use = USES.get(random.nextInt(USES.size()));
            boolean expected = model.values().stream().anyMatch(lease -> conflicts(lease, path, use));
            assertThat(leases.conflict(path, use).isPresent()).isEqualTo(expected);
            if (!expected) {
                var id = leases.take(path, use, "ann");
                model.put(id, new Leases.Lease(id, path, use, "ann"));
            }
            if (model.size() > 12) {
                List<LeaseId> ids = new ArrayList<>(model.keySet());
                var ended = ids.get(random.nextInt(ids.size()));
                leases.end(ended);
                model.remove(ended);
            }
        }
        model.keySet().forEach(leases::end);
        assertThat(leases.conflict(VirtualPath.ROOT, Use.REMOVE)).isEmpty();
    }

    private static boolean conflicts(Leases.Lease there, VirtualPath path, Use wanted) {
        if (there.path().equals(path)) {
            return there.use() == Use.REMOVE
                    || wanted == Use.REMOVE
                    || (there.use() == Use.WRITE && wanted == Use.WRITE);
        }
        boolean aboveIsRemoved = path.isWithin(there.path()) && there.use() == Use.REMOVE;
        boolean belowIsInUse = there.path().isWithin(path) && wanted == Use.REMOVE;
        return aboveIsRemoved || belowIsInUse;
    }

    private static VirtualPath path(Random random) {
        var text = new StringBuilder();
        for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
            text.append('/').append(List.of("a", "ab", "b", "a.b").get(random.nextInt(4)));
        }
        return VirtualPath.parse(text.toString());
    }
}
