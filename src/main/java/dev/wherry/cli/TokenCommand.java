package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.PrivateFile;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Facts;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry token}: what programs log in with, instead of a password. */
@Command(
        name = "token",
        description = "Make, list and revoke tokens, by which programs log in to your account without its password.")
final class TokenCommand {
    private TokenCommand() {}

    static CommandLine with(Surroundings around) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new Create(around))
                .addSubcommand(new ListAll(around))
                .addSubcommand(new Revoke(around));
    }

    private static String rights(Facts token) {
        return String.join("  ", token.texts("rights"));
    }

    private static Optional<String> end(Facts token) {
        return token.optionalText("expires").map(time -> Amounts.minute(Instant.parse(time)));
    }

    @Command(
            name = "create",
            description = {
                "Make a token. It is shown this once: the server keeps only what recognises it.",
                "",
                "It may do what both its rights and those of the account allow, at each moment. "
                        + "A change of the password ends it."
            },
            footer = {
                "",
                "Examples:",
                "  wherry token create backup --right /backup:list,read,write --expires 90d --out backup.token",
                "  wherry put --token-file backup.token --server anna@HOST -r photos :/backup/"
            })
    static final class Create implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "What you call it, to find and revoke it.")
        String name = "";

        @Option(
                names = "--right",
                paramLabel = "PATH:RIGHTS",
                description = "What it may do with PATH and all below it, such as /team:list,read; once for each path. "
                        + "RIGHTS are some of list, read, write, delete, share, administer, or none. Without: "
                        + "everything that you may.")
        List<String> rights = new ArrayList<>();

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "When it ends: 12h, 90d, 2027-01-31. Without: when it is revoked.")
        Optional<String> expires = Optional.empty();

        @Option(
                names = {"-o", "--out"},
                paramLabel = "FILE",
                description = "Write it to a new file that only you can read, instead of showing it.")
        Optional<Path> out = Optional.empty();

        @Mixin
        final Contact contact;

        Create(Surroundings around) {
            this.contact = new Contact(around);
        }

        @Override
        public Integer call() throws IOException {
            var end = expires.map(Moments.ofProcess()::future);
            out.filter(Files::exists).ifPresent(file -> {
                throw Fault.EXISTS.because("already exists: " + file + "; name another file, or remove this one");
            });
            try (var connection = contact.connect()) {
                var made = new Facts(connection.ask(new Request.TokenCreate(name, end, rights)));
                if (out.isPresent()) {
                    write(connection, out.get(), made.text("token"));
                }
                tell(made);
            }
            return ExitCode.DONE.number();
        }

        /** A token that nobody has got is of no use to anybody. */
        private void write(Connection connection, Path file, String token) throws IOException {
            try {
                new PrivateFile(file).write(List.of(token));
            } catch (IOException failure) {
                connection.ask(new Request.TokenRevoke(name));
                throw failure;
            }
        }

        private void tell(Facts made) {
            if (contact.json()) {
                var facts = new LinkedHashMap<>(made.all());
                out.ifPresent(file -> {
                    facts.remove("token");
                    facts.put("file", file.toString());
                });
                contact.lines().event("created", facts);
                return;
            }
            if (out.isEmpty()) {
                contact.screen().say(made.text("token"));
            }
            var file = out.map(Path::toString).orElse("FILE");
            contact.screen()
                    .note("made token " + name + ": " + rights(made)
                            + end(made).map(time -> "  until " + time).orElse("")
                            + (rights.isEmpty() ? "\nthat is all that you may: --right gives it less" : "")
                            + "\nto use it: --token-file " + file + ", or WHERRY_TOKEN_FILE=" + file
                            + (out.isEmpty() ? "; it is not shown again" : ""));
        }
    }

    @Command(
            name = "list",
            description = "List your tokens: name, when each was made and ends, what it may do.",
            footer = {"", "Example:  wherry token list"})
    static final class ListAll implements Callable<Integer> {
        @Mixin
        final Contact contact;

        ListAll(Surroundings around) {
            this.contact = new Contact(around);
        }

        @Override
        public Integer call() throws IOException {
            var table = new Table("llll");
            contact.list(new Request.TokenList(), token -> add(table, token), "no tokens");
            table.lines().forEach(contact.screen()::say);
            return ExitCode.DONE.number();
        }

        private void add(Table table, Map<String, Object> token) {
            if (contact.json()) {
                contact.lines().event("token", token);
                return;
            }
            var facts = new Facts(token);
            table.row(
                    facts.text("name"),
                    "made " + Amounts.minute(Instant.parse(facts.text("created"))),
                    end(facts).map(time -> "until " + time).orElse("until revoked"),
                    rights(facts));
        }
    }

    @Command(
            name = "revoke",
            description = "End tokens, and at once every connection that was opened with them.",
            footer = {"", "Example:  wherry token revoke backup"})
    static final class Revoke implements Callable<Integer> {
        @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names, as \"wherry token list\" lists them.")
        List<String> names = new ArrayList<>();

        @Mixin
        final Contact contact;

        Revoke(Surroundings around) {
            this.contact = new Contact(around);
        }

        @Override
        public Integer call() throws IOException {
            var tally = new Tally();
            try (var connection = contact.connect()) {
                for (var name : names) {
                    try {
                        connection.ask(new Request.TokenRevoke(name));
                        tally.done(0);
                        tell(name);
                    } catch (FaultException refused) {
                        tally.failed(refused);
                        failed(name, refused);
                    }
                }
            }
            return tally.exitCode().number();
        }

        private void tell(String name) {
            if (contact.json()) {
                contact.lines().event("revoked", Map.of("name", name));
            } else {
                contact.screen().say("revoked " + name);
            }
        }

        private void failed(String name, FaultException failure) {
            var refused = failure.fault() == Fault.NOT_FOUND
                    ? Fault.NOT_FOUND.because("you have no token of this name; "
                            + contact.around().typed("token list") + " shows those there are")
                    : failure;
            if (contact.json()) {
                contact.lines().failed(refused, name, Map.of("name", name));
            } else {
                contact.screen().note("wherry: " + name + ": " + refused.getMessage());
            }
        }
    }
}
