package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.auth.Right;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;

/** Leave to list a folder, and what below it: what a rule closes to this account is not shown. */
public record Listable(Principal who, VirtualPath folder) {

    /** @param inside the folder that the entry is in: this one, or one below it */
    public boolean shows(VirtualPath inside, Entry entry) {
        // A refused entry has a name that no path, and so no rule, can hold.
        return entry.kind() == Kind.REFUSED || who.may(Right.LIST, inside.child(entry.name()));
    }
}
