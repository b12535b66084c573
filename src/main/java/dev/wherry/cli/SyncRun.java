package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Carries out what makes one folder like another, or only tells of it. */
final class SyncRun {
    private final SyncSteps steps;
    private final SyncSide side;
    private final Job.Direction direction;
    private final Carrier carrier;
    private final Contact contact;
    private final Plan plan = new Plan();

    /** Folders into which files go, with what was wrong with each, if anything was. */
    private final Map<VirtualPath, Optional<Exception>> opened = new HashMap<>();

    /** One for each copy, itself and no other like it. */
    private final IdentityHashMap<SyncSteps.Copy, Transfer> transfers = new IdentityHashMap<>();

    private int removed;

    SyncRun(SyncSteps steps, SyncSide side, Job.Direction direction, Carrier carrier, Contact contact) {
        this.steps = steps;
        this.side = side;
        this.direction = direction;
        this.carrier = carrier;
        this.contact = contact;
        for (var each : steps.inTheWay()) {
            plan.problem(
                    direction,
                    side.name(each.path()),
                    Fault.EXISTS.because("already exists: " + side.name(each.path())
                            + ", as something else than in the source (" + each.why() + ")"));
        }
    }

    /** Something that could not be looked at. */
    void unseen(String found, Exception failure) {
        plan.problem(direction, found, failure);
    }

    /**
     * What is missing comes first; what stands in the way makes room then, and what is too much goes last, both only
     * while nothing has failed: what is there is worth more than what is to come.
     */
    ExitCode carryOut() throws IOException {
        for (var copy : steps.allCopies()) {
            var transfer = side.transfer(copy);
            transfers.put(copy, transfer);
            plan.add(transfer);
        }
        carrier.begin(plan);
        make(foldersBeside());
        carrier.run(ready(steps.copies()));
        for (var replacement : steps.replacements()) {
            if (isWhole()) {
                replace(replacement);
            }
        }
        if (isWhole()) {
            for (var removal : steps.removals()) {
                remove(removal, removal.path());
            }
        } else if (!steps.removals().isEmpty() || !steps.replacements().isEmpty()) {
            contact.screen()
                    .note("nothing " + (removed > 0 ? "more " : "")
                            + "was removed, because not all that was to come is there");
        }
        side.end(steps.folders());
        if (!contact.json()) {
            contact.screen().say(told(removed, "removed") + steps.same() + " the same already");
        }
        return carrier.end();
    }

    /** Those that nothing has to make room for. */
    private List<SyncSteps.Folder> foldersBeside() {
        return steps.folders().stream()
                .filter(folder -> steps.replacements().stream().noneMatch(each -> each.isAbove(folder.path())))
                .toList();
    }

    private boolean isWhole() {
        return carrier.tally().failedFiles() == 0 && !carrier.isStopped();
    }

    private void make(List<SyncSteps.Folder> folders) throws IOException {
        for (var folder : folders) {
            attempt(folder.path(), () -> side.make(folder));
        }
    }

    /** Of the copies, those whose folder can be had; the others have failed. */
    private List<Transfer> ready(List<SyncSteps.Copy> copies) throws IOException {
        var ready = new ArrayList<Transfer>();
        for (var copy : copies) {
            var transfer = Optional.ofNullable(transfers.get(copy)).orElseThrow();
            var failure = opened(copy.path().parent());
            if (failure.isPresent()) {
                carrier.failed(transfer.job(), failure.get());
            } else {
                ready.add(transfer);
            }
        }
        return ready;
    }

    private Optional<Exception> opened(VirtualPath folder) throws IOException {
        var known = opened.get(folder);
        if (known != null) {
            return known;
        }
        Optional<Exception> failure = Optional.empty();
        try {
            side.open(folder);
        } catch (FaultException | FileSystemException refused) {
            failure = Optional.of(refused);
        }
        opened.put(folder, failure);
        return failure;
    }

    /** What made room stays until all that replaces it is there, and comes back when that fails. */
    private void replace(SyncSteps.Replacement replacement) throws IOException {
        var top = replacement.top();
        var mark = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        var aside = top.path().parent().child(".replaced." + mark + ".wherry-old");
        if (!attempt(top.path(), () -> side.setAside(top, aside))) {
            return;
        }
        make(steps.folders().stream()
                .filter(folder -> replacement.isAbove(folder.path()))
                .toList());
        carrier.run(ready(steps.copies(replacement)));
        if (isWhole()) {
            for (var inside : replacement.inside()) {
                remove(inside, moved(inside.path(), top.path(), aside));
            }
            remove(top, aside);
        } else {
            putBack(top, aside);
        }
    }

    private static VirtualPath moved(VirtualPath path, VirtualPath from, VirtualPath to) {
        var moved = to;
        for (var name :
                path.segments().subList(from.segments().size(), path.segments().size())) {
            moved = moved.child(name);
        }
        return moved;
    }

    private void putBack(SyncSteps.Removal top, VirtualPath aside) throws IOException {
        boolean isBack = false;
        try {
            side.putBack(top, aside);
            isBack = true;
        } catch (FaultException | FileSystemException taken) {
            // The name is taken again, or may not be given: told below, and the rest goes on.
        } finally {
            if (!isBack) {
                contact.screen().note("what was " + side.name(top.path()) + " is kept as " + side.name(aside));
            }
        }
    }

    private void remove(SyncSteps.Removal removal, VirtualPath path) throws IOException {
        if (!attempt(removal.path(), () -> side.remove(removal, path))) {
            return;
        }
        removed++;
        var name = side.name(removal.path());
        if (contact.json()) {
            contact.lines().event("removed", Map.of("path", name));
        } else {
            contact.screen().say("removed " + Visible.text(name));
        }
    }

    /** Whether it went well; what fails stops nothing but what comes of it. */
    private boolean attempt(VirtualPath path, Step step) throws IOException {
        try {
            step.take();
            return true;
        } catch (FaultException | FileSystemException refused) {
            carrier.failed(new Job(direction, side.name(path), "", OptionalLong.empty()), refused);
            return false;
        }
    }

    private interface Step {
        void take() throws IOException;
    }

    /** Says what would be done; where something cannot come, nothing would make room for it or be removed. */
    ExitCode tell() {
        for (var problem : plan.problems()) {
            carrier.failed(problem.job(), problem.failure());
        }
        boolean isWhole = isWhole();
        var folders = isWhole ? steps.folders() : foldersBeside();
        var copies = isWhole ? steps.allCopies() : steps.copies();
        int removals = isWhole ? removals() : 0;
        var verb = direction == Job.Direction.UPLOAD ? "send" : "fetch";
        if (isWhole) {
            steps.replacements().forEach(replacement -> {
                replacement.inside().forEach(this::tellRemoval);
                tellRemoval(replacement.top());
            });
        }
        folders.forEach(folder -> tell("make", side.name(folder.path()), folder.from(), Optional.empty()));
        copies.forEach(copy -> tell(verb, side.name(copy.path()), copy.from(), Optional.of(copy.why())));
        if (isWhole) {
            steps.removals().forEach(this::tellRemoval);
        } else if (removals() > 0) {
            contact.screen().note("nothing would be removed, because not all that is to come can come");
        }
        if (!contact.json()) {
            contact.screen()
                    .say("would " + verb + " " + copies.size() + " (" + Amounts.size(bytes(copies)) + "), "
                            + madeAndRemoved(folders.size(), removals)
                            + steps.same() + " the same already");
        }
        return carrier.tally().exitCode();
    }

    private static String madeAndRemoved(int made, int removed) {
        return (made == 0 ? "" : "make " + made + (made == 1 ? " folder, " : " folders, "))
                + (removed == 0 ? "" : "remove " + removed + ", ");
    }

    private static long bytes(List<SyncSteps.Copy> copies) {
        return copies.stream().mapToLong(copy -> copy.from().size()).sum();
    }

    private int removals() {
        return steps.removals().size()
                + steps.replacements().stream()
                        .mapToInt(each -> each.inside().size() + 1)
                        .sum();
    }

    private void tellRemoval(SyncSteps.Removal removal) {
        tell("remove", side.name(removal.path()), removal.item(), Optional.empty());
    }

    private void tell(String action, String name, SyncItem item, Optional<String> why) {
        if (contact.json()) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("action", action);
            facts.put("path", name);
            facts.put("kind", item.kind().word());
            facts.put("size", item.size());
            why.ifPresent(reason -> facts.put("reason", reason));
            contact.lines().event("would", facts);
            return;
        }
        contact.screen()
                .say(action
                        + " ".repeat(Math.max(1, 8 - action.length()))
                        + Visible.text(name)
                        + why.map(reason -> "  " + Amounts.size(item.size()) + "  (" + reason(reason) + ")")
                                .orElse(""));
    }

    private static String reason(String why) {
        return why.equals("new") ? why : "another " + why;
    }

    private static String told(int count, String what) {
        return count == 0 ? "" : count + " " + what + ", ";
    }
}
