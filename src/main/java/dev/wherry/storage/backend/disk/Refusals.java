package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;

/** What the system refused, in the words of faults: which it was, what it happened to, what to do next. */
final class Refusals {
    private Refusals() {}

    static FaultException of(SystemFailure failure, VirtualPath path) {
        return of(failure, "\"" + path + "\"");
    }

    static FaultException of(SystemFailure failure, String what) {
        return switch (failure.errno()) {
            case Errno.ENOENT -> Fault.NOT_FOUND.because(what + " is not there");
            case Errno.ENOTDIR -> Fault.NOT_FOLDER.because(what + ": it, or something above it, is not a folder");
            case Errno.EISDIR -> Fault.IS_FOLDER.because(what + " is a folder, and a file was wanted");
            case Errno.EEXIST -> Fault.EXISTS.because("already exists: " + what + "; choose another name");
            case Errno.ELOOP ->
                Fault.REFUSED_ENTRY.because(what + ": there is a link on the way, and links are not followed");
            case Errno.EXDEV, Errno.EBUSY ->
                Fault.REFUSED_ENTRY.because(what + " lies on another file system than the served folder");
            case Errno.EACCES, Errno.EPERM ->
                Fault.REFUSED_ENTRY.because(
                        "the server's own account may not do this to " + what + "; its operator can allow it", failure);
            case Errno.ENAMETOOLONG -> Fault.BAD_NAME.because(what + " is longer than the disk can hold");
            case Errno.ENOSPC, Errno.EDQUOT, Errno.EMLINK -> noSpace(failure);
            case Errno.EFBIG -> Fault.TOO_LARGE.because(what + " is larger than the file system can hold");
            case Errno.EMFILE, Errno.ENFILE -> tooMany(failure);
            case Errno.EROFS -> Fault.READ_ONLY.because("the file system can only be read", failure);
            default -> diskFailed(what, failure);
        };
    }

    /** A failure of the JDK's own file calls, which say the reason only in the words of {@link LinuxCalls#text}. */
    static FaultException of(IOException failure, String what) {
        var message = String.valueOf(failure.getMessage());
        if (message.contains(LinuxCalls.text(Errno.ENOSPC)) || message.contains(LinuxCalls.text(Errno.EDQUOT))) {
            return noSpace(failure);
        }
        if (message.contains(LinuxCalls.text(Errno.EFBIG))) {
            return Fault.TOO_LARGE.because(what + " is larger than the file system can hold");
        }
        return message.contains(LinuxCalls.text(Errno.EMFILE)) ? tooMany(failure) : diskFailed(what, failure);
    }

    private static FaultException noSpace(Exception cause) {
        return Fault.NO_SPACE.because("the disk is full; make room on the server, then go on", cause);
    }

    private static FaultException tooMany(Exception cause) {
        return Fault.TOO_MANY.because("the server has too many files open; try again later", cause);
    }

    private static FaultException diskFailed(String what, Exception cause) {
        return Fault.DISK_FAILED.because("the disk failed at " + what + "; the server's log says how", cause);
    }
}
