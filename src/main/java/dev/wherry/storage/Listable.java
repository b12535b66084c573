package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.auth.Right;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;

/** Leave to list a folder, and what below it: folders that a rule closes to this account are not shown. */
public record Listable(Principal who, VirtualPath folder) {

    /** @param inside the folder that the entry is in: this one, or one below it */
    public boolean shows(VirtualPath inside, Entry entry) {
        return entry.kind() != Kind.FOLDER || who.may(Right.LIST, inside.child(entry.name()));
    }
}
