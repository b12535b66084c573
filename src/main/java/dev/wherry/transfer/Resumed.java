package dev.wherry.transfer;

import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;
import java.util.OptionalLong;

/** An upload that was begun before. */
public sealed interface Resumed {
    /**
     * It goes on: {@link Upload#begin} says when bytes may come, {@link Upload#offset} from where.
     *
     * @param size of the whole, in bytes, when it is known
     */
    record Going(Upload upload, VirtualPath path, OptionalLong size) implements Resumed {}

    /** It was published before, and needs no bytes. */
    record Finished(VirtualPath path, Entry entry) implements Resumed {}
}
