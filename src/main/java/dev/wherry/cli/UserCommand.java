package dev.wherry.cli;

import dev.wherry.protocol.Facts;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.Path;
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

/** {@code wherry user}: the accounts of a server, for its administrators. */
@Command(
        name = "user",
        description = "Add, list and remove the accounts of a server, and reset passwords, as its administrator.")
final class UserCommand {
    private UserCommand() {}

    static CommandLine with(Surroundings around, PasswordReset reset) {
        return new CommandLine(new UserCommand())
                .addSubcommand(new Add(around))
                .addSubcommand(new ListAll(around))
                .addSubcommand(new Remove(around))
                .addSubcommand(new Reset(around, reset));
    }

    private static void tell(Contact contact, String event, String name, String text, Optional<String> password) {
        if (contact.json()) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("name", name);
            password.ifPresent(once -> facts.put("oneTimePassword", once));
            contact.lines().event(event, facts);
            return;
        }
        contact.screen().say(text);
        password.ifPresent(
                once -> contact.screen().say("one-time password: " + once + "   (must be changed at first login)"));
    }

    @Command(
            name = "add",
            description = "Add an account. Its one-time password is shown, unless --user-password-file gives one.",
            footer = {"", "Example:  wherry user add bert --right /team:list,read,write"})
    static final class Add implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Its name.")
        String name = "";

        @Option(names = "--admin", description = "It may administer the server.")
        boolean admin;

        @Option(
                names = "--right",
                paramLabel = "PATH:RIGHTS",
                description = "What it may do with PATH and all below it, such as /team:list,read; once for each path, "
                        + "the longest decides. RIGHTS are some of list, read, write, delete, share, administer, or "
                        + "none. Without: /:list,read,write,delete, the usual ones; with --admin all.")
        List<String> rights = new ArrayList<>();

        @Option(
                names = "--user-password-file",
                paramLabel = "FILE",
                description = "Its first password, instead of a one-time one.")
        Optional<Path> passwordFile = Optional.empty();

        @Mixin
        final Contact contact;

        Add(Surroundings around) {
            this.contact = new Contact(around);
        }

        @Override
        public Integer call() throws IOException {
            var password = passwordFile.isPresent()
                    ? Optional.of(Access.password(passwordFile.get()))
                    : Optional.<String>empty();
            try (var connection = contact.connect()) {
                var facts = new Facts(connection.ask(new Request.UserAdd(name, password, admin, rights)));
                tell(contact, "added", name, "added " + name, facts.optionalText("oneTimePassword"));
            }
            return ExitCode.DONE.number();
        }
    }

    @Command(name = "list", description = "List the accounts: the name of each, and what it may do.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        final Contact contact;

        ListAll(Surroundings around) {
            this.contact = new Contact(around);
        }

        @Override
        public Integer call() throws IOException {
            var accounts = new ArrayList<Facts>();
            contact.list(new Request.UserList(), account -> add(accounts, account), "no accounts");
            if (!accounts.isEmpty()) {
                table(accounts, contact.screen().isInteractive()).lines().forEach(contact.screen()::say);
            }
            return ExitCode.DONE.number();
        }

        private void add(List<Facts> accounts, Map<String, Object> account) {
            if (contact.json()) {
                contact.lines().event("account", account);
            } else {
                accounts.add(new Facts(account));
            }
        }

        /** @param headed for a person, who may not know what the columns are */
        private static Table table(List<Facts> accounts, boolean headed) {
            var table = new Table("lll");
            if (headed) {
                table.row("account", "", "what it may do, and where");
            }
            for (var account : accounts) {
                boolean mustChange = account.optionalFlag("mustChangePassword").orElse(false);
                table.row(
                        account.text("name"),
                        account.optionalFlag("admin").orElse(false) ? "(administrator)" : "",
                        String.join("  ", account.texts("rights"))
                                + (mustChange ? "  (has to change its one-time password)" : ""));
            }
            return table;
        }
    }

    @Command(
            name = "remove",
            description = "Remove an account, and end its sessions. Its files stay.",
            footer = {"", "Example:  wherry user remove bert"})
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Its name.")
        String name = "";

        @Mixin
        final Contact contact;

        Remove(Surroundings around) {
            this.contact = new Contact(around);
        }

        @Override
        public Integer call() throws IOException {
            try (var connection = contact.connect()) {
                connection.ask(new Request.UserRemove(name));
                tell(contact, "removed", name, "removed " + name, Optional.empty());
            }
            return ExitCode.DONE.number();
        }
    }

    @Command(
            name = "reset",
            description = {
                "Give an account a one-time password in place of its own, and end its sessions.",
                "",
                "With --data it works on the data folder of a server that is stopped: the way back in for an "
                        + "administrator who has forgotten the password."
            },
            footer = {"", "Example:  wherry user reset admin --data /srv/wherry"})
    static final class Reset implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Its name.")
        String name = "";

        @Option(names = "--data", paramLabel = "DIR", description = "The data folder of a server that is stopped.")
        Optional<Path> data = Optional.empty();

        @Mixin
        final Contact contact;

        private final PasswordReset reset;

        Reset(Surroundings around, PasswordReset reset) {
            this.contact = new Contact(around);
            this.reset = reset;
        }

        @Override
        public Integer call() throws Exception {
            var password = data.isPresent() ? Optional.of(reset.reset(data.get(), name)) : ask();
            tell(contact, "reset", name, "reset " + name, password);
            return ExitCode.DONE.number();
        }

        private Optional<String> ask() throws IOException {
            try (var connection = contact.connect()) {
                return new Facts(connection.ask(new Request.UserReset(name))).optionalText("oneTimePassword");
            }
        }
    }
}
