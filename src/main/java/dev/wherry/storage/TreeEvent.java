package dev.wherry.storage;

import dev.wherry.bus.Event;
import dev.wherry.path.VirtualPath;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What somebody changed in the tree beside uploads; told when it would survive a power cut. */
public sealed interface TreeEvent extends Event {
    /** Who did it. */
    String account();

    VirtualPath path();

    /** From where, if somebody asked for it at a door. */
    Optional<Whence> whence();

    @Override
    default JsonObject facts() {
        var facts = new JsonObject().put("account", account());
        return Whence.into(facts, whence()).put("path", path().toString());
    }

    record Deleted(String account, VirtualPath path, Optional<Whence> whence) implements TreeEvent {
        @Override
        public String event() {
            return "file-deleted";
        }
    }

    record FolderMade(String account, VirtualPath path, Optional<Whence> whence) implements TreeEvent {
        @Override
        public String event() {
            return "folder-made";
        }
    }

    /** @param recursive whether it went with all that was in it */
    record FolderRemoved(String account, VirtualPath path, boolean recursive, Optional<Whence> whence)
            implements TreeEvent {
        @Override
        public String event() {
            return "folder-removed";
        }

        @Override
        public JsonObject facts() {
            return TreeEvent.super.facts().put("recursive", recursive);
        }
    }

    /** @param path its name before */
    record Moved(String account, VirtualPath path, VirtualPath to, Optional<Whence> whence) implements TreeEvent {
        @Override
        public String event() {
            return "entry-moved";
        }

        @Override
        public JsonObject facts() {
            return TreeEvent.super.facts().put("to", to.toString());
        }
    }
}
