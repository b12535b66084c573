package dev.wherry.door.http;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.Entry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/**
 * Which version a request means that changes one (RFC 9110, 13.1). What names more than one version, or a time, is held
 * against what is there now, and from then on means just that.
 */
final class Condition {
    private static final String STAR = "*";
    private static final String UNMODIFIED_SINCE = "If-Unmodified-Since";

    private final Bus bus;
    private final Call call;
    private final Principal who;
    private final VirtualPath path;

    Condition(HttpDoor door, Call call, VirtualPath path) {
        this.bus = door.bus();
        this.call = call;
        this.who = call.who();
        this.path = path;
    }

    /** The version that is named; empty where the request names none. {@code changed} when it is not there. */
    Future<Optional<Precondition>> named() {
        var match = call.header(HttpHeaders.IF_MATCH).map(String::strip);
        if (match.isPresent()) {
            return match(match.get()).map(Optional::of);
        }
        return call.header(UNMODIFIED_SINCE)
                .flatMap(FileHeaders::time)
                .map(time -> there().map(found -> found.map(entry -> {
                    if (!FileHeaders.isUnchangedSince(entry, time)) {
                        throw entry.inTheWay(Fault.CHANGED, path);
                    }
                    return version(entry);
                })))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Precondition> match(String value) {
        return single(value)
                .<Future<Precondition>>map(etag -> Future.succeededFuture(new Precondition.Version(etag)))
                .orElseGet(() -> there().map(found -> {
                    demandEtags(value);
                    var entry = found.orElseThrow(
                            () -> Fault.CHANGED.because("nothing is there, and If-Match names a version of it"));
                    if (!FileHeaders.names(value, entry, false)) {
                        throw entry.inTheWay(Fault.CHANGED, path);
                    }
                    return version(entry);
                }));
    }

    private static Precondition version(Entry entry) {
        return entry.etag()
                .<Precondition>map(Precondition.Version::new)
                .orElseThrow(() -> Fault.IS_FOLDER.because("a folder has no versions"));
    }

    /** One strong etag, in quotes, which need not be looked up. */
    private static Optional<Etag> single(String value) {
        return value.length() > 2 && value.indexOf('"', 1) == value.length() - 1 && value.startsWith("\"")
                ? Optional.of(new Etag(value.substring(1, value.length() - 1)))
                : Optional.empty();
    }

    private static void demandEtags(String value) {
        if (!value.equals(STAR) && !value.matches("(W/)?\"[^\"]+\"(\\s*,\\s*(W/)?\"[^\"]+\")*")) {
            throw Fault.MALFORMED.because("If-Match is *, or etags in quotes, as GET gave them");
        }
    }

    private Future<Optional<Entry>> there() {
        return bus.ask(Storage.STAT, new StorageRequest.Stat(who, path))
                .map(Optional::of)
                .recover(none -> FaultException.of(none).fault() == Fault.NOT_FOUND
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(none));
    }

    /** Whether nothing may be there; {@code malformed} for what {@code If-None-Match} cannot mean with PUT. */
    static boolean demandsAbsence(Call call) {
        var value = call.header(HttpHeaders.IF_NONE_MATCH).map(String::strip);
        if (value.filter(text -> !text.equals(STAR)).isPresent()) {
            throw Fault.MALFORMED.because("with PUT, If-None-Match can only be *: nothing may be there");
        }
        return value.isPresent();
    }

    /** What {@code If-None-Match} asked for and is not so has its own status (RFC 9110, 13.1.2). */
    static Throwable refused(Call call, Throwable refused) {
        return FaultException.of(refused).fault() == Fault.EXISTS
                        && call.header(HttpHeaders.IF_NONE_MATCH).isPresent()
                ? new StatusFault(412, FaultException.of(refused))
                : refused;
    }
}
