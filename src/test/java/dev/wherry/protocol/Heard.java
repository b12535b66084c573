package dev.wherry.protocol;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A listener that notes what it hears, in the words of the transcripts. */
final class Heard implements Decoder.Listener {
    final List<Request> requests = new ArrayList<>();
    final List<FaultException> refusals = new ArrayList<>();
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<String> elements = new ArrayList<>();
    private int noted;

    /** Who to pause at every element; nobody, when absent. */
    @Nullable
    Decoder pausing;

    List<String> elements() {
        noteContent();
        return elements;
    }

    @Override
    public void request(Request request) {
        requests.add(request);
        if (request instanceof Request.Malformed(var fault, var dataPhase, var ignored)) {
            refusals.add(fault);
            note("refused " + fault.fault().code() + (dataPhase ? ", data phase" : ""));
        } else {
            note("request " + RequestLine.write(request));
        }
    }

    @Override
    public void chunk(ByteBuffer piece) {
        var bytes = new byte[piece.remaining()];
        piece.get(bytes);
        content.writeBytes(bytes);
        pause();
    }

    @Override
    public void keepAlive() {
        note("keep-alive");
    }

    @Override
    public void end(Sha256 digest) {
        note("end " + digest);
    }

    @Override
    public void badEnd(FaultException fault) {
        refusals.add(fault);
        note("bad-end " + fault.fault().code());
    }

    @Override
    public void giveUp(Optional<String> reason) {
        note("gives-up" + reason.map(text -> " " + Words.quote(text)).orElse(""));
    }

    @Override
    public void broken(FaultException fault) {
        refusals.add(fault);
        note("broken " + fault.fault().code());
    }

    private void note(String element) {
        noteContent();
        elements.add(element);
        pause();
    }

    private void noteContent() {
        if (content.size() > noted) {
            elements.add("content " + (content.size() - noted));
            noted = content.size();
        }
    }

    private void pause() {
        if (pausing != null) {
            pausing.pause();
        }
    }
}
