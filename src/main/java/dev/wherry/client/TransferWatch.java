package dev.wherry.client;

/** Who looks on while a transfer runs, and may stop it. Called from the transfer's threads; must be quick. */
public interface TransferWatch {
    /** Looks away. */
    TransferWatch NOBODY = new TransferWatch() {};

    /** An upload was accepted; by this id the server knows it from now on. */
    default void accepted(String upload) {}

    /**
     * @param bytes that have arrived: of an upload as the server says, of a download at this end
     * @param durable bytes of an upload that would survive a power cut of the server
     */
    default void progressed(long bytes, long durable) {}

    /** Asked before every chunk: whether the transfer is to be given up. */
    default boolean stopped() {
        return false;
    }

    /** The connection is gone, or the server not ready; it is tried again by itself. Said once for each loss. */
    default void lost(String reason) {}

    /** The server takes an upload up again, or gives a download, from this offset on. */
    default void resumed(long offset) {}

    /** What was carried already is of no use any more: all of it goes again. */
    default void startedOver(String reason) {}
}
