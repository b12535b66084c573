package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A server that holds a few small files in memory and speaks enough of the protocol for the commands. */
public final class MemoryServer implements Peer.Script {
    public static final String USER = "anna";
    public static final String PASSWORD = "correct horse";
    public static final String TOKEN = "t0ken";

    private static final int CHUNK = 100_000;

    public final Map<VirtualPath, Stored> files = new TreeMap<>();
    public final TreeSet<VirtualPath> folders = new TreeSet<>();

    /** What is listed besides, with its facts, by a path that may be none. */
    public final Map<String, Map<String, Object>> odd = new TreeMap<>();

    /** The unfinished uploads, with their facts, by their ids. */
    public final Map<String, Map<String, Object>> uploads = new TreeMap<>();

    public final KeptUploads kept = new KeptUploads(uploads);

    /** Called before each request of somebody who is logged in is answered. */
    public volatile Consumer<Request> hears = request -> {};

    /** Set: the password works once, and only to be changed. */
    public volatile boolean mustChangePassword;

    /** Set: downloads come with the digest of something else. */
    public volatile boolean spoils;

    /** Runs once, before the next thing is done to a version that somebody was shown. */
    public final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    /** Runs once, when an upload has come whole, before it is published. */
    public final AtomicReference<Runnable> arrived = new AtomicReference<>(() -> {});

    public volatile String password = PASSWORD;
    public volatile String token = TOKEN;

    private final AtomicLong versions = new AtomicLong();

    @SuppressWarnings("ArrayRecordComponent")
    public record Stored(byte[] content, Instant modified, Etag etag) {}

    /** Puts a file there, as if somebody had. */
    public synchronized Stored put(String path, byte[] content, Instant modified) {
        var parsed = VirtualPath.parse(path);
        for (var folder = parsed.parent(); !folder.isRoot(); folder = folder.parent()) {
            folders.add(folder);
        }
        var stored = new Stored(content, modified, new Etag("v" + versions.incrementAndGet()));
        files.put(parsed, stored);
        return stored;
    }

    public synchronized Optional<Stored> file(String path) {
        return Optional.ofNullable(files.get(VirtualPath.parse(path)));
    }

    @Override
    public void run(Peer.Call call) throws IOException {
        boolean in = false;
        for (var request = call.next(); request != null; request = call.next()) {
            try {
                switch (request) {
                    case Request.LoginPassword login -> {
                        check(login.user().equals(USER) && login.password().equals(password), Fault.WRONG_LOGIN);
                        in = true;
                        call.send(new Reply.Ok(loggedIn()));
                    }
                    case Request.LoginToken login -> {
                        check(login.token().equals(token), Fault.SESSION_ENDED);
                        in = true;
                        call.send(new Reply.Ok(Map.of("user", USER)));
                    }
                    case Request.ChangePassword change -> {
                        check(change.old().equals(password), Fault.WRONG_LOGIN);
                        check(change.changed().length() >= 8, Fault.BAD_PASSWORD);
                        password = change.changed();
                        mustChangePassword = false;
                        call.send(new Reply.Ok(Map.of()));
                    }
                    case Request.Quit _ -> {
                        call.send(new Reply.Ok(Map.of()));
                        return;
                    }
                    default -> {
                        check(in, Fault.LOGIN_REQUIRED);
                        check(!mustChangePassword, Fault.PASSWORD_CHANGE_REQUIRED);
                        answer(call, request);
                    }
                }
            } catch (FaultException fault) {
                call.refuse(fault);
            }
        }
    }

    private Map<String, Object> loggedIn() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("user", USER);
        facts.put("token", token);
        return facts;
    }

    private static void check(boolean right, Fault otherwise) {
        if (!right) {
            throw otherwise.because("refused: " + otherwise.code());
        }
    }

    private void answer(Peer.Call call, Request request) throws IOException {
        hears.accept(request);
        switch (request) {
            case Request.Upload upload -> upload(call, upload);
            case Request.Resume resume -> resume(call, resume);
            case Request.Download download -> download(call, download);
            case Request.Stat stat -> call.send(new Reply.Ok(stat(stat.path())));
            case Request.ListFolder list -> list(call, list);
            case Request.Uploads _ -> {
                for (var upload : uploads.values()) {
                    call.send(new Reply.Item(upload));
                }
                call.send(new Reply.Ok(Map.of("count", (long) uploads.size())));
            }
            case Request.UserList _, Request.TokenList _, Request.History _ ->
                call.send(new Reply.Ok(Map.of("count", 0L)));
            case Request.Logout _ -> {
                token = "another";
                call.send(new Reply.Ok(Map.of()));
            }
            default -> {
                change(request);
                call.send(new Reply.Ok(Map.of()));
            }
        }
    }

    private synchronized void change(Request request) {
        switch (request) {
            case Request.MakeFolder make -> {
                check(!folders.contains(make.path()) && !files.containsKey(make.path()), Fault.EXISTS);
                for (var folder = make.path(); !folder.isRoot(); folder = folder.parent()) {
                    folders.add(folder);
                }
            }
            case Request.Delete delete -> {
                check(!folders.contains(delete.path()), Fault.IS_FOLDER);
                check(files.containsKey(delete.path()), Fault.NOT_FOUND);
                delete.expected().ifPresent(etag -> admit(delete.path(), new Precondition.Version(etag)));
                files.remove(delete.path());
            }
            case Request.RemoveFolder remove -> {
                check(folders.contains(remove.path()), Fault.NOT_FOUND);
                long inside = below(remove.path());
                if (inside > 0 && !remove.recursive()) {
                    throw Fault.NOT_EMPTY.because("the folder is not empty").with("entries", inside);
                }
                files.keySet().removeIf(path -> path.isWithin(remove.path()));
                folders.removeIf(path -> path.isWithin(remove.path()));
            }
            case Request.Move move
            when folders.contains(move.from()) -> {
                check(!folders.contains(move.to()) && !files.containsKey(move.to()), Fault.EXISTS);
                moveFolder(move.from(), move.to());
            }
            case Request.Move move -> {
                check(!folders.contains(move.to()), Fault.EXISTS);
                var stored = stored(move.from());
                admit(move.to(), move.expected());
                files.remove(move.from());
                files.put(move.to(), stored);
            }
            case Request.Cancel cancel -> check(uploads.remove(cancel.upload()) != null, Fault.NOT_FOUND);
            default -> throw Fault.UNKNOWN_REQUEST.because("not here: " + request);
        }
    }

    private void moveFolder(VirtualPath from, VirtualPath to) {
        var moved = new TreeMap<VirtualPath, Stored>();
        files.forEach((path, stored) -> {
            if (path.isWithin(from)) {
                moved.put(
                        VirtualPath.parse(
                                to + path.toString().substring(from.toString().length())),
                        stored);
            }
        });
        var inside = folders.stream().filter(path -> path.isWithin(from)).toList();
        files.keySet().removeIf(path -> path.isWithin(from));
        files.putAll(moved);
        inside.forEach(path -> {
            folders.remove(path);
            folders.add(VirtualPath.parse(
                    to + path.toString().substring(from.toString().length())));
        });
    }

    private long below(VirtualPath folder) {
        return files.keySet().stream().filter(path -> path.isWithin(folder)).count()
                + folders.stream().filter(path -> path.isWithin(folder)).count()
                - 1;
    }

    private void upload(Peer.Call call, Request.Upload request) throws IOException {
        try {
            reserve(request);
        } catch (FaultException refused) {
            call.refuse(refused);
            call.dataPhase();
            return;
        }
        call.send(new Reply.Send("u1", 0));
        var data = call.dataPhase();
        call.send(new Reply.Ack(data.content().length, data.content().length));
        if (data.end() instanceof ChunkHeader.GivenUp) {
            call.refuse(Fault.STOPPED.because("stopped").with("upload", "u1").with("durable", 0L));
        } else if (!data.isWhole()) {
            call.refuse(Fault.WRONG_DIGEST.because("the digests differ"));
        } else {
            arrived.getAndSet(() -> {}).run();
            var whole = new Stored(data.content(), request.modified().orElse(Instant.EPOCH), new Etag("u1"));
            call.send(published(new KeptUploads.Upload(whole, request.path(), request.expected())));
        }
    }

    /** As the real one: what cannot be published is kept whole. */
    private synchronized Reply published(KeptUploads.Upload upload) {
        try {
            admit(upload.path(), upload.expected());
        } catch (FaultException refused) {
            kept.keep(upload);
            return new Reply.Err(refused);
        }
        kept.forget();
        put(upload.path().toString(), upload.whole().content(), upload.whole().modified());
        return new Reply.Ok(stat(upload.path()));
    }

    /** Of what came whole; nothing more is to come. */
    private void resume(Peer.Call call, Request.Resume request) throws IOException {
        KeptUploads.Upload upload;
        try {
            upload = kept.resumed(request);
            admit(upload.path(), upload.expected());
        } catch (FaultException refused) {
            call.refuse(refused);
            call.dataPhase();
            return;
        }
        var content = upload.whole().content();
        call.send(new Reply.Send(request.upload(), content.length));
        var data = call.dataPhase();
        boolean agreed =
                data.end() instanceof ChunkHeader.End end && end.digest().equals(Optional.of(Peer.sha256(content)));
        check(agreed && data.content().length == 0, Fault.WRONG_DIGEST);
        call.send(published(upload));
    }

    private synchronized void reserve(Request.Upload request) {
        check(!folders.contains(request.path()) && !request.path().isRoot(), Fault.IS_FOLDER);
        var parent = request.path().parent();
        check(parent.isRoot() || folders.contains(parent) || request.parents(), Fault.NO_FOLDER);
        admit(request.path(), request.expected());
    }

    private void admit(VirtualPath path, Precondition expected) {
        switch (expected) {
            case Precondition.Absent _ -> {
                if (files.containsKey(path)) {
                    throw inTheWay(path, Fault.EXISTS);
                }
            }
            case Precondition.Any _ -> {}
            case Precondition.Version version -> {
                meanwhile.getAndSet(() -> {}).run();
                var there = files.get(path);
                check(there != null, Fault.CHANGED);
                if (there != null && !there.etag().equals(version.etag())) {
                    throw inTheWay(path, Fault.CHANGED);
                }
            }
        }
    }

    private FaultException inTheWay(VirtualPath path, Fault why) {
        var fault = why.because(why.code() + ": " + path);
        for (var fact : stat(path).entrySet()) {
            fault = fault.with(fact.getKey(), fact.getValue());
        }
        return fault;
    }

    private void download(Peer.Call call, Request.Download request) throws IOException {
        var stored = stored(request.path());
        check(request.expected().isEmpty() || request.expected().get().equals(stored.etag()), Fault.CHANGED);
        var sha256 = Peer.sha256(spoils ? new byte[] {1} : stored.content());
        call.send(new Reply.Data(stored.content().length, 0, stored.modified(), stored.etag(), Optional.of(sha256)));
        for (int start = 0; start < stored.content().length; start += CHUNK) {
            call.sendChunk(
                    Arrays.copyOfRange(stored.content(), start, Math.min(stored.content().length, start + CHUNK)));
        }
        call.raw("0 -\n");
        call.send(new Reply.Ok(Map.of()));
    }

    private synchronized Stored stored(VirtualPath path) {
        check(!folders.contains(path) && !path.isRoot(), Fault.IS_FOLDER);
        var stored = files.get(path);
        if (stored == null) {
            throw Fault.NOT_FOUND.because("no such file: " + path);
        }
        return stored;
    }

    private synchronized Map<String, Object> stat(VirtualPath path) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("path", path.toString());
        if (path.isRoot() || folders.contains(path)) {
            facts.put("kind", "folder");
            facts.put("size", 0L);
            facts.put("modified", "2026-01-02T03:04:05Z");
            return facts;
        }
        var stored = stored(path);
        facts.put("kind", "file");
        facts.put("size", (long) stored.content().length);
        facts.put("modified", stored.modified().toString());
        facts.put("etag", stored.etag().value());
        facts.put("sha256", Peer.sha256(stored.content()).hex());
        return facts;
    }

    private synchronized void list(Peer.Call call, Request.ListFolder request) throws IOException {
        var folder = request.path();
        check(
                folder.isRoot() || folders.contains(folder),
                files.containsKey(folder) ? Fault.NOT_FOLDER : Fault.NOT_FOUND);
        long count = 0;
        var all = new TreeSet<VirtualPath>(files.keySet());
        all.addAll(folders);
        for (var path : all) {
            boolean inside = path.isWithin(folder) && !path.equals(folder);
            if (inside && (request.recursive() || path.parent().equals(folder))) {
                var facts = stat(path);
                facts.remove("path");
                facts.put(
                        "name",
                        String.join(
                                "/",
                                path.segments()
                                        .subList(
                                                folder.segments().size(),
                                                path.segments().size())));
                call.send(new Reply.Item(facts));
                count++;
            }
        }
        var above = (folder.isRoot() ? "" : folder) + "/";
        for (var each : odd.entrySet()) {
            boolean isDirect = each.getKey().lastIndexOf('/') < above.length();
            if (each.getKey().startsWith(above) && (request.recursive() || isDirect)) {
                var facts = new LinkedHashMap<String, Object>(Map.of("kind", "refused"));
                facts.putAll(each.getValue());
                facts.put("name", each.getKey().substring(above.length()));
                call.send(new Reply.Item(facts));
                count++;
            }
        }
        call.send(new Reply.Ok(Map.of("count", count)));
    }
}
