package dev.wherry.cli;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wherry uploads}: what is not finished yet. */
@Command(
        name = "uploads",
        description = {
            "List your unfinished uploads, whichever way they were begun.",
            "",
            "Each line has the id, what the server has of how much, when it expires, and where it is to go."
        },
        footer = {
            "",
            "Examples:",
            "  wherry uploads",
            "  wherry put --resume 4f2a91c07be64d0287a1c3e95b60d214 holiday.mp4",
            "  wherry uploads cancel 4f2a91c07be64d0287a1c3e95b60d214"
        })
final class UploadsCommand implements Callable<Integer> {
    @Mixin
    final Contact contact;

    private UploadsCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    static CommandLine with(Surroundings around) {
        return new CommandLine(new UploadsCommand(around)).addSubcommand(new Cancel(around));
    }

    @Override
    public Integer call() throws IOException {
        contact.list(new Request.Uploads(), this::tell, "no unfinished uploads");
        return ExitCode.DONE.number();
    }

    private void tell(Map<String, Object> upload) {
        if (contact.json()) {
            contact.lines().event("upload", upload);
            return;
        }
        var has = upload.get("durable") instanceof Number bytes ? Amounts.size(bytes.longValue()) : "0 B";
        var size = upload.get("size") instanceof Number bytes ? " of " + Amounts.size(bytes.longValue()) : "";
        var expires =
                upload.get("expires") instanceof String time ? "  until " + Amounts.time(Instant.parse(time)) : "";
        var running = Boolean.TRUE.equals(upload.get("running")) ? "  running" : "";
        contact.screen()
                .say(Visible.text(
                        upload.get("upload") + "  " + has + size + expires + running + "  :" + upload.get("path")));
    }

    @Command(
            name = "cancel",
            description = "Give unfinished uploads up: the server removes what it has of them.",
            footer = {"", "Example:  wherry uploads cancel 4f2a91c07be64d0287a1c3e95b60d214"})
    static final class Cancel implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "UPLOAD", description = "Ids, as \"wherry uploads\" lists them.")
        List<String> uploads = new ArrayList<>();

        @Mixin
        final Contact contact;

        Cancel(Surroundings around) {
            this.contact = new Contact(around);
        }

        @Override
        public Integer call() throws IOException {
            var tally = new Tally();
            try (var connection = contact.connect()) {
                for (var upload : uploads) {
                    try {
                        connection.ask(new Request.Cancel(upload));
                        tally.done(0);
                        if (contact.json()) {
                            contact.lines().event("cancelled", Map.of("upload", upload));
                        } else {
                            contact.screen().say("cancelled " + upload);
                        }
                    } catch (FaultException refused) {
                        tally.failed(refused);
                        failed(upload, refused);
                    }
                }
            }
            return tally.exitCode().number();
        }

        private void failed(String upload, FaultException refused) {
            if (contact.json()) {
                contact.lines().failed(refused, upload, Map.of("upload", upload));
            } else {
                contact.screen().note("wherry: " + upload + ": " + refused.getMessage());
            }
        }
    }
}
