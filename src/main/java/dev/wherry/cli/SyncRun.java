package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Carries out what makes one folder like another, or only tells of it. */
final class SyncRun {
    private final SyncSteps steps;
    private final SyncSide side;
    private final Job.Direction direction;
    private final Carrier carrier;
    private final Contact contact;
    private final Plan plan = new Plan();
    private int removed;

    SyncRun(SyncSteps steps, SyncSide side, Job.Direction direction, Carrier carrier, Contact contact) {
        this.steps = steps;
        this.side = side;
        this.direction = direction;
        this.carrier = carrier;
        this.contact = contact;
        for (var path : steps.inTheWay()) {
            plan.problem(
                    direction,
                    side.name(path),
                    Fault.EXISTS.because("already exists: " + side.name(path)
                            + ", as something else than in the source (--delete replaces it)"));
        }
        steps.copies().forEach(copy -> plan.add(side.transfer(copy)));
    }

    /** Something here that could not be looked at. */
    void unreadable(String found, Exception failure) {
        plan.problem(direction, found, failure);
    }

    /** What stands in the way goes first, what is too much goes last, and only when nothing has failed. */
    ExitCode carryOut() throws IOException {
        carrier.begin(plan);
        remove(steps.before());
        for (var folder : steps.folders()) {
            side.make(folder);
        }
        carrier.run(plan.transfers());
        if (carrier.tally().failedFiles() == 0 && !carrier.isStopped()) {
            remove(steps.after());
        } else if (!steps.after().isEmpty()) {
            contact.screen().note("nothing more was removed, because not all that was to come is there");
        }
        side.end(steps.folders());
        if (!contact.json()) {
            contact.screen().say(told(removed, "removed") + steps.same() + " the same already");
        }
        return carrier.end();
    }

    private void remove(List<SyncSteps.Removal> removals) throws IOException {
        for (var removal : removals) {
            var name = side.name(removal.path());
            try {
                side.remove(removal);
                removed++;
                if (contact.json()) {
                    contact.lines().event("removed", Map.of("path", name));
                } else {
                    contact.screen().say("removed " + Visible.text(name));
                }
            } catch (FaultException refused) {
                carrier.failed(new Job(direction, name, "", OptionalLong.empty()), refused);
            }
        }
    }

    /** Says what would be done. */
    ExitCode tell() {
        for (var problem : plan.problems()) {
            carrier.failed(problem.job(), problem.failure());
        }
        var verb = direction == Job.Direction.UPLOAD ? "send" : "fetch";
        steps.before().forEach(removal -> tell("remove", side.name(removal.path()), removal.item(), Optional.empty()));
        steps.folders().forEach(folder -> tell("make", side.name(folder.path()), folder.from(), Optional.empty()));
        steps.copies().forEach(copy -> tell(verb, side.name(copy.path()), copy.from(), Optional.of(copy.why())));
        steps.after().forEach(removal -> tell("remove", side.name(removal.path()), removal.item(), Optional.empty()));
        if (!contact.json()) {
            contact.screen()
                    .say("would " + verb + " " + steps.copies().size() + " (" + Amounts.size(plan.size()) + "), "
                            + told(steps.folders().size(), steps.folders().size() == 1 ? "folder made" : "folders made")
                            + told(steps.before().size() + steps.after().size(), "removed")
                            + steps.same() + " the same already");
        }
        return carrier.tally().exitCode();
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
