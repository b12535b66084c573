package dev.wherry.client;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.ReplyLine;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import javax.net.ssl.SSLContext;

/** Does once, with nobody at the other end, what is slow the first time that it is done. */
final class Preparation {
    private Preparation() {}

    static void run(Traffic traffic) {
        try {
            if (traffic == Traffic.TALK || !Seal.hasBoringSsl()) {
                var context = SSLContext.getInstance("TLS");
                context.init(null, null, null);
                context.createSSLEngine();
                KeyPairGenerator.getInstance("X25519").generateKeyPair();
            }
            ReplyLine.parse("OK {\"number\":1}");
        } catch (GeneralSecurityException | FaultException later) {
            // Whoever connects meets the same, and says it.
        }
    }
}
