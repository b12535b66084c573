package dev.wherry.cli;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.List;

/** The folder that is made like another: on the server, or on this machine. */
sealed interface SyncSide permits SyncSideHere, SyncSideThere {
    /** What a path below the folder is called, for whoever is told of it. */
    String name(VirtualPath path);

    Transfer transfer(SyncSteps.Copy copy);

    /** Sees to it that a file can be put into this folder, and into no other by way of a link. */
    void open(VirtualPath path) throws IOException;

    /** What comes into being with its files need not be made. */
    void make(SyncSteps.Folder folder) throws IOException;

    /**
     * Removes what was seen, and nothing that came after it: a folder only when it is empty by then.
     *
     * @param path its own, or where it is now that it made room
     */
    void remove(SyncSteps.Removal removal, VirtualPath path) throws IOException;

    /** Gives what was seen another name, so that what is to replace it can come. */
    void setAside(SyncSteps.Removal seen, VirtualPath aside) throws IOException;

    /**
     * Gives it its own name again, where nothing but an empty folder has it.
     *
     * @throws dev.wherry.fault.FaultException when something has
     */
    void putBack(SyncSteps.Removal seen, VirtualPath aside) throws IOException;

    /** Called when everything is in its place. */
    void end(List<SyncSteps.Folder> made);
}
