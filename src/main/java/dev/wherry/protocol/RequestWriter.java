package dev.wherry.protocol;

import dev.wherry.path.Precondition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Writes a request as its line; options that say what goes without saying are left out. */
final class RequestWriter {
    private final StringBuilder line;

    private RequestWriter(Verb verb) {
        this.line = new StringBuilder(verb.words());
    }

    static String write(Request request) {
        return writer(request).line.toString();
    }

    private static RequestWriter writer(Request request) {
        return switch (request) {
            case Request.Help(var verb) ->
                with(Verb.HELP).arguments(verb.map(List::of).orElse(List.of()));
            case Request.LoginPassword(var user, var password) ->
                with(Verb.LOGIN).argument(user).argument(password);
            case Request.LoginToken(var token) -> with(Verb.LOGIN).option("token", token);
            case Request.Logout(var all) -> with(Verb.LOGOUT).flag("all", all);
            case Request.Quit() -> with(Verb.QUIT);
            case Request.WhoAmI() -> with(Verb.WHOAMI);
            case Request.ChangePassword(var old, var changed, var keepTokens) ->
                with(Verb.PASSWORD).argument(old).argument(changed).flag("keepTokens", keepTokens);
            case Request.Ping() -> with(Verb.PING);
            case Request.ListFolder(var path, var recursive, var digest) ->
                with(Verb.LIST).argument(path).flag("recursive", recursive).flag("digest", digest);
            case Request.Stat(var path) -> with(Verb.STAT).argument(path);
            case Request.Upload upload -> upload(upload);
            case Request.Resume resume -> resume(resume);
            case Request.Uploads() -> with(Verb.UPLOADS);
            case Request.Cancel(var upload) -> with(Verb.CANCEL).argument(upload);
            case Request.Download download -> download(download);
            case Request.Delete(var path, var expected) ->
                with(Verb.DELETE).argument(path).option("if", expected);
            case Request.MakeFolder(var path) -> with(Verb.MKDIR).argument(path);
            case Request.RemoveFolder(var path, var recursive) ->
                with(Verb.RMDIR).argument(path).flag("recursive", recursive);
            case Request.Move(var from, var to, var expected) ->
                with(Verb.MOVE).argument(from).argument(to).expected(expected);
            case Request.Verify(var path) -> with(Verb.VERIFY).argument(path);
            case Request.Transfers() -> with(Verb.TRANSFERS);
            case Request.Stats() -> with(Verb.STATS);
            case Request.History history -> history(history);
            case Request.Tail tail -> tail(tail);
            case Request.UserAdd user -> userAdd(user);
            case Request.UserList() -> with(Verb.USER_LIST);
            case Request.UserRemove(var name) -> with(Verb.USER_REMOVE).argument(name);
            case Request.UserReset(var name) -> with(Verb.USER_RESET).argument(name);
            case Request.UserRights(var name, var rights) ->
                with(Verb.USER_RIGHTS).argument(name).option("rights", rules(rights));
            case Request.UserExplain(var name, var right, var path) ->
                with(Verb.USER_EXPLAIN).argument(name).argument(right).argument(path);
            case Request.TokenCreate(var name, var expires, var rights) ->
                with(Verb.TOKEN_CREATE)
                        .argument(name)
                        .option("expires", expires)
                        .option("rights", rights.isEmpty() ? Optional.empty() : Optional.of(rules(rights)));
            case Request.TokenList() -> with(Verb.TOKEN_LIST);
            case Request.TokenRevoke(var name) -> with(Verb.TOKEN_REVOKE).argument(name);
            case Request.QuotaSet(var path, var bytes) ->
                with(Verb.QUOTA_SET).argument(path).option("bytes", bytes);
            case Request.QuotaList() -> with(Verb.QUOTA_LIST);
            case Request.QuotaRemove(var path) -> with(Verb.QUOTA_REMOVE).argument(path);
            case Request.Malformed ignored ->
                throw new IllegalArgumentException("a line that could not be read cannot be written");
        };
    }

    private static RequestWriter with(Verb verb) {
        return new RequestWriter(verb);
    }

    private static RequestWriter upload(Request.Upload upload) {
        var size = upload.size().isPresent() ? Long.toString(upload.size().getAsLong()) : "unknown";
        return with(Verb.UPLOAD)
                .argument(upload.path())
                .option("size", size)
                .expected(upload.expected())
                .flag("parents", upload.parents())
                .option("modified", upload.modified())
                .option("source", upload.source());
    }

    private static RequestWriter resume(Request.Resume resume) {
        return with(Verb.RESUME)
                .argument(resume.upload())
                .option("size", resume.size())
                .option("modified", resume.modified())
                .option("to", resume.to())
                .option("if", resume.expected().map(Precondition::word));
    }

    private static RequestWriter history(Request.History history) {
        return with(Verb.HISTORY)
                .option("since", history.since())
                .option("until", history.until())
                .option("limit", history.limit())
                .option("user", history.user())
                .option("path", history.path());
    }

    private static RequestWriter download(Request.Download download) {
        var writer = with(Verb.DOWNLOAD).argument(download.path());
        if (download.offset() != 0) {
            writer.option("offset", download.offset());
        }
        return writer.option("length", download.length()).option("if", download.expected());
    }

    private static RequestWriter tail(Request.Tail tail) {
        if (tail.events() && tail.metrics()) {
            return with(Verb.TAIL);
        }
        return with(Verb.TAIL).argument(tail.events() ? "events" : "metrics");
    }

    private static RequestWriter userAdd(Request.UserAdd user) {
        return with(Verb.USER_ADD)
                .argument(user.name())
                .option("password", user.password())
                .flag("admin", user.admin())
                .option("rights", user.rights().isEmpty() ? Optional.empty() : Optional.of(rules(user.rights())));
    }

    private static String rules(List<String> rights) {
        return rights.stream()
                .map(rule -> rule.replace("\\", "\\\\").replace(";", "\\;"))
                .collect(Collectors.joining(";"));
    }

    private RequestWriter arguments(List<?> values) {
        values.forEach(this::argument);
        return this;
    }

    private RequestWriter argument(Object value) {
        line.append(' ').append(Words.quoted(value.toString()));
        return this;
    }

    private RequestWriter option(String name, Object value) {
        line.append(' ').append(name).append('=').append(Words.quoted(value.toString()));
        return this;
    }

    private RequestWriter option(String name, Optional<?> value) {
        value.ifPresent(present -> option(name, present));
        return this;
    }

    private RequestWriter option(String name, OptionalLong value) {
        return value.isPresent() ? option(name, value.getAsLong()) : this;
    }

    private RequestWriter flag(String name, boolean value) {
        return value ? option(name, true) : this;
    }

    private RequestWriter expected(Precondition expected) {
        return expected instanceof Precondition.Absent ? this : option("if", expected.word());
    }
}
