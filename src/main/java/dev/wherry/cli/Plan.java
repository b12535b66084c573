package dev.wherry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a command is to carry over, worked out before the first byte goes, and what of it cannot go. */
final class Plan {
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    void add(Transfer transfer) {
        transfers.add(transfer);
    }

    /** @param source as typed, or found below what was typed */
    void problem(Job.Direction direction, String source, Exception failure) {
        problems.add(new Problem(new Job(direction, source, "", OptionalLong.empty()), failure));
    }

    /** What was to go cannot. */
    void giveUp(Transfer transfer, Exception failure) {
        transfers.remove(transfer);
        problems.add(new Problem(transfer.job(), failure));
    }

    List<Transfer> transfers() {
        return transfers;
    }

    List<Problem> problems() {
        return problems;
    }

    /** In bytes, as far as it is known. */
    long size() {
        return transfers.stream()
                .mapToLong(transfer -> transfer.job().size().orElse(0))
                .sum();
    }

    record Problem(Job job, Exception failure) {}
}
