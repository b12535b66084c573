package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.it.SystemCalls.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a published upload was made safe in the order of {@code durability.md}, each step ended before the next
 * began: attribute, sync of the part, a rename that replaces nothing, sync of both folders, and only then the answer.
 */
record PublishOrder(Path tree, String target, String upload, Predicate<Call> answer) {
    /** What is wrong, in words; nothing when all is as it should be. */
    Optional<String> violation(SystemCalls trace) {
        var staging = tree.resolve(".wherry-staging");
        var part = staging.resolve(upload + ".part").toString();
        var folder = tree.resolve(target).resolveSibling("").toString();
        var name = String.valueOf(tree.resolve(target).getFileName());

        var attributes = trace.find(call -> (call.is("setxattr") || call.is("fsetxattr"))
                && call.text().contains("\"user.wherry\"")
                && call.text().contains(upload));
        var renames = trace.find(call -> call.is("renameat2")
                && call.text().contains(upload + ".part")
                && call.text().contains('"' + name + '"'));
        if (attributes.size() != 1) {
            return Optional.of("the attribute is set " + attributes.size() + " times");
        }
        if (renames.size() != 1) {
            return Optional.of("the part is renamed " + renames.size() + " times");
        }
        var attribute = attributes.getFirst();
        var rename = renames.getFirst();
        if (!rename.text().contains("RENAME_NOREPLACE")) {
            return Optional.of("the rename may replace");
        }
        if (!rename.on(staging.toString()) || !rename.on(folder)) {
            return Optional.of("the rename is not from the staging folder to the target's: " + rename.text());
        }
        var syncedPart = trace.find(call -> call.is("fsync") && call.on(part)).stream()
                .filter(sync -> attribute.endedBefore(sync) && sync.endedBefore(rename))
                .findFirst();
        if (syncedPart.isEmpty()) {
            return Optional.of("the part is not synced between its attribute and its rename");
        }
        var answered = trace.find(answer).stream()
                .filter(call -> call.began() > rename.began())
                .findFirst();
        if (answered.isEmpty()) {
            return Optional.of("nothing is answered after the rename");
        }
        return List.of(staging.toString(), folder).stream()
                .filter(path -> trace.find(call -> call.is("fsync") && call.on(path)).stream()
                        .noneMatch(sync -> rename.endedBefore(sync) && sync.endedBefore(answered.get())))
                .map(path -> "a folder is not synced between the rename and the answer: " + path)
                .findFirst();
    }

    /** The control: something is wrong with such a trace, and it is said in these words. */
    void assertRefuses(List<String> broken, String words) {
        assertThat(violation(SystemCalls.parse(broken)))
                .hasValueSatisfying(violation -> assertThat(violation).contains(words));
    }

    /** Something written to a client. Where it is encrypted, the trace shows no words of it. */
    static Predicate<Call> sentFrom(int port) {
        return call -> (call.is("write") || call.is("writev") || call.is("sendmsg") || call.is("sendto"))
                && call.text().contains(":" + port + "->");
    }
}
