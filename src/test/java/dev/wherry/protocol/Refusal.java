package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.util.List;

/**
 * One reason of the codec to refuse.
 *
 * @param fault its code
 * @param says part of its message; of the reasons with one code, the first whose words fit is it
 * @param line what is refused for it; {@code #} stands for a random letter
 */
record Refusal(Fault fault, String says, String line) {
    static final List<Refusal> ALL = List.of(
            // Of a line.
            malformed("the line is empty", ""),
            malformed("begins with a verb of letters only", "STAT/#"),
            malformed("stands inside a bare word", "STAT /#\"#"),
            malformed("the line holds a control character", "STAT /#\t#"),
            malformed("holds a raw control character", "STAT \"/#\u0007\""),
            malformed("is opened and not closed", "STAT \"/#"),
            malformed("must follow a closing quote", "STAT \"/#\"#"),
            malformed("an escape that JSON does not have", "STAT \"/\\x#\""),
            malformed("half of a character", "STAT \"/#\\udc00\""),
            malformed("an argument here was expected", "STAT name=\"/#\""),
            malformed("lacks its", "MOVE /#"),
            malformed("has no place for so many words", "PASSWORD # # #"),
            malformed("is given twice", "LOGOUT all=true all=true"),
            malformed("is true or false", "LIST / recursive=#"),
            malformed("is a whole number", "DOWNLOAD /# offset=#"),
            malformed("is a time such as", "UPLOAD /# size=1 modified=#"),
            malformed("a year of four digits", "HISTORY since=+12026-01-31T12:00:00Z until=#"),
            malformed("an etag is a word", "DOWNLOAD /# if=\"# #\""),
            malformed("TAIL shows", "TAIL #"),
            malformed("the rights are missing", "USER RIGHTS #"),
            malformed("the number of bytes is missing", "QUOTA SET /#"),
            malformed("a rule in rights is empty", "USER ADD # rights=/#:read;"),
            new Refusal(Fault.BAD_NAME, "", "STAT /#/../#"),
            new Refusal(Fault.UNKNOWN_REQUEST, "did you mean", "LSIT /#"),
            new Refusal(Fault.UNKNOWN_REQUEST, "HELP lists", "XYZZY #"),
            new Refusal(Fault.UNKNOWN_OPTION, "did you mean", "LIST / diges=#"),
            new Refusal(Fault.UNKNOWN_OPTION, "it is written", "PING #=#"),
            new Refusal(Fault.LINE_TOO_LONG, "", "STAT /" + "#".repeat(RequestLine.MAX_BYTES)),
            malformed("is not UTF-8", "STAT /#\u0001"),
            // Of a data phase.
            malformed("must carry the SHA-256", "UPLOAD /# size=1\n0 -"),
            malformed("the end mark is", "UPLOAD /# size=1\n0 #"),
            malformed("where the length of a chunk was expected", "UPLOAD /# size=1\n#"),
            new Refusal(Fault.CHUNK_TOO_LONG, "", "UPLOAD /# size=1\n9999999"));

    private static Refusal malformed(String says, String line) {
        return new Refusal(Fault.MALFORMED, says, line);
    }

    static Refusal of(FaultException fault) {
        for (var refusal : ALL) {
            if (refusal.fault == fault.fault() && fault.getMessage().contains(refusal.says)) {
                return refusal;
            }
        }
        throw new AssertionError("a refusal that the table lacks: " + fault.fault() + ": " + fault.getMessage(), fault);
    }

    @Override
    public String toString() {
        return says.isEmpty() ? fault.code() : fault.code() + ": … " + says + " …";
    }
}
