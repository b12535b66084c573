package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.auth.Right;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;

/** Leave to list a folder, and what of it: folders that a rule closes to this account are not shown. */
public record Listable(Principal who, VirtualPath folder) {
    public boolean shows(Entry entry) {
        return entry.kind() != Kind.FOLDER || Gate.grants(who, Right.LIST, folder.child(entry.name()));
    }
}
