package dev.wherry.door.http;

import dev.wherry.fault.FaultException;

/** A fault that, by the way it was asked, HTTP gives another status than its usual one. */
final class StatusFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final FaultException fault;

    StatusFault(int status, FaultException fault) {
        super(fault.getMessage(), fault, false, false);
        this.status = status;
        this.fault = fault;
    }

    int status() {
        return status;
    }

    FaultException fault() {
        return fault;
    }
}
