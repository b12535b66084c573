package dev.wherry.storage.backend.disk;

/** A system call that failed, and why. It stays in this package: {@link Refusals} says it in the words of faults. */
final class SystemFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int errno;

    SystemFailure(String call, int errno) {
        super(call + ": " + LinuxCalls.text(errno), null, false, false);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
