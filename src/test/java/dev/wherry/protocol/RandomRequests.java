package dev.wherry.protocol;

import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests of every kind, with names and words that are awkward to write. */
final class RandomRequests {
    static final int KINDS = 34;

    private static final String[] NAMES = {
        "a", "b.txt", "été 1.jpg", "a=b", "\"quoted\"", "semi;colon", "猫", "👩‍👩‍👧", "recursive=true", "-", "~", "..."
    };
    private static final String[] TEXTS = {
        "x",
        "",
        " ",
        "two words",
        "\"",
        "\\",
        "\\\"",
        "\u0000",
        "\n",
        "\r\n",
        "\t",
        "\u007f",
        "\u0085",
        "\u2028",
        "é",
        "😀",
        "a=b",
        "token=x",
        "!",
        "0 -",
        ";",
        "\\;",
        "C:\\new\\uffff"
    };

    private final RandomGenerator random;

    RandomRequests(RandomGenerator random) {
        this.random = random;
    }

    Request next() {
        return switch (random.nextInt(KINDS)) {
            case 0 -> new Request.Help(maybe(text()));
            case 1 -> new Request.LoginPassword(text(), text());
            case 2 -> new Request.LoginToken(text());
            case 3 -> new Request.Logout(random.nextBoolean());
            case 4 -> new Request.Quit();
            case 5 -> new Request.WhoAmI();
            case 6 -> new Request.ChangePassword(text(), text(), random.nextBoolean());
            case 7 -> new Request.Ping();
            case 8 -> new Request.ListFolder(path(), random.nextBoolean(), random.nextBoolean());
            case 9 -> new Request.Stat(path());
            case 10 -> upload();
            case 11 -> new Request.Download(path(), number(), maybeNumber(), maybe(etag()));
            case 12 -> new Request.Delete(path(), maybe(etag()));
            case 13 -> new Request.MakeFolder(path());
            case 14 -> new Request.RemoveFolder(path(), random.nextBoolean());
            case 15 -> new Request.Move(path(), path(), expected());
            case 16 -> new Request.Tail(random.nextBoolean(), random.nextBoolean());
            case 17 -> new Request.UserAdd(text(), maybe(text()), random.nextBoolean(), rights());
            case 18 -> new Request.UserList();
            case 19 -> new Request.Resume(text(), maybeNumber(), maybe(instant()), maybe(path()), maybe(expected()));
            case 20 -> new Request.Uploads();
            case 21 -> new Request.Cancel(text());
            case 22 -> new Request.Verify(path());
            case 23 -> new Request.Transfers();
            case 24 -> new Request.Stats();
            case 25 ->
                new Request.History(maybe(instant()), maybe(instant()), maybeNumber(), maybe(text()), maybe(path()));
            case 26 -> new Request.UserRights(text(), rights());
            case 27 -> new Request.UserExplain(text(), text(), path());
            case 28 -> new Request.TokenCreate(text(), maybe(instant()), rights());
            case 29 -> new Request.TokenList();
            case 30 -> new Request.TokenRevoke(text());
            case 31 -> new Request.QuotaSet(path(), number());
            case 32 -> random.nextBoolean() ? new Request.QuotaList() : new Request.QuotaRemove(path());
            default -> random.nextBoolean() ? new Request.UserRemove(text()) : new Request.UserReset(text());
        };
    }

    Request.Upload upload() {
        return new Request.Upload(
                path(), maybeNumber(), expected(), random.nextBoolean(), maybe(instant()), maybe(text()));
    }

    String text() {
        return Stream.generate(() -> TEXTS[random.nextInt(TEXTS.length)])
                .limit(1 + random.nextInt(3))
                .collect(Collectors.joining());
    }

    private VirtualPath path() {
        return VirtualPath.parse(Stream.generate(() -> NAMES[random.nextInt(NAMES.length)])
                .limit(random.nextInt(4))
                .collect(Collectors.joining("/", "/", "")));
    }

    private Precondition expected() {
        return switch (random.nextInt(3)) {
            case 0 -> new Precondition.Absent();
            case 1 -> new Precondition.Any();
            default -> new Precondition.Version(etag());
        };
    }

    private Etag etag() {
        return new Etag("v" + Long.toString(number(), 36));
    }

    private Instant instant() {
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        return Instant.ofEpochSecond(random.nextLong(first, last + 1), random.nextInt(1_000_000_000));
    }

    private long number() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private OptionalLong maybeNumber() {
        return random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty();
    }

    private List<String> rights() {
        return Stream.generate(() -> path() + text() + ":read")
                .limit(random.nextInt(3))
                .toList();
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }
}
