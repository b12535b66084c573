package dev.wherry.storage;

import dev.wherry.bus.Event;
import dev.wherry.path.VirtualPath;
import io.vertx.core.json.JsonObject;

/** What somebody changed in the tree beside uploads; told when it would survive a power cut. */
public sealed interface TreeEvent extends Event {
    /** Who did it. */
    String account();

    VirtualPath path();

    @Override
    default JsonObject facts() {
        return new JsonObject().put("account", account()).put("path", path().toString());
    }

    record Deleted(String account, VirtualPath path) implements TreeEvent {
        @Override
        public String event() {
            return "file-deleted";
        }
    }

    record FolderMade(String account, VirtualPath path) implements TreeEvent {
        @Override
        public String event() {
            return "folder-made";
        }
    }

    /** @param recursive whether it went with all that was in it */
    record FolderRemoved(String account, VirtualPath path, boolean recursive) implements TreeEvent {
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
    record Moved(String account, VirtualPath path, VirtualPath to) implements TreeEvent {
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
