package dev.wherry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {
    @Test
    void anUploadIsReadWithAllItsOptions() {
        assertThat(RequestLine.parse("UPLOAD \"/holiday/été 1.jpg\" size=528752 if=v1-a parents=true"
                        + " modified=2026-01-31T12:00:00Z source=\"C:\\\\été.jpg\""))
                .isEqualTo(new Request.Upload(
                        VirtualPath.parse("/holiday/été 1.jpg"),
                        OptionalLong.of(528_752),
                        new Precondition.Version(new Etag("v1-a")),
                        true,
                        Optional.of(Instant.parse("2026-01-31T12:00:00Z")),
                        Optional.of("C:\\été.jpg")));
    }

    @Test
    void anUploadOfUnknownSizeDefaultsToAnAbsentName() {
        assertThat(RequestLine.parse("upload /a size=unknown"))
                .isEqualTo(new Request.Upload(
                        VirtualPath.parse("/a"),
                        OptionalLong.empty(),
                        new Precondition.Absent(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void anArgumentMayLookLikeAnOption() {
        assertThat(RequestLine.parse("STAT size=1")).isEqualTo(new Request.Stat(VirtualPath.parse("/size=1")));
        assertThat(RequestLine.parse("LIST \"recursive=true\""))
                .isEqualTo(new Request.ListFolder(VirtualPath.parse("/recursive=true"), false, false));
        assertThat(RequestLine.parse("LIST recursive=true"))
                .isEqualTo(new Request.ListFolder(VirtualPath.ROOT, true, false));
        assertThat(RequestLine.parse("LOGIN tom token=x")).isEqualTo(new Request.LoginPassword("tom", "token=x"));
        assertThat(RequestLine.parse("LOGIN token=x")).isEqualTo(new Request.LoginToken("x"));
    }

    @Test
    void tailShowsBothWhenNeitherIsNamed() {
        assertThat(RequestLine.parse("TAIL")).isEqualTo(new Request.Tail(true, true));
        assertThat(RequestLine.parse("TAIL metrics")).isEqualTo(new Request.Tail(false, true));
    }

    @Test
    void rightsAreCutAtSemicolonsThatHaveNoBackslash() {
        assertThat(RequestLine.parse("USER ADD tom rights=\"/team:list,read;/a\\\\;b:write\" admin=true"))
                .isEqualTo(
                        new Request.UserAdd("tom", Optional.empty(), true, List.of("/team:list,read", "/a;b:write")));
        assertThat(RequestLine.parse("user reset tom")).isEqualTo(new Request.UserReset("tom"));
    }

    @ParameterizedTest
    @CsvSource({
        "LSIT /, LIST",
        "UPLAOD /a size=1, UPLOAD",
        "DLETE /a, DELETE",
        "PUT /a, UPLOAD",
        "USER ADDD tom, USER ADD",
        "USER, USER ADD"
    })
    void theNearestRequestIsSuggested(String line, String nearest) {
        var fault = malformed(line).fault();
        assertThat(fault.fault()).isEqualTo(Fault.UNKNOWN_REQUEST);
        if (!line.equals("USER")) {
            assertThat(fault.facts()).containsEntry("nearest", nearest);
            assertThat(fault.getMessage()).contains("did you mean " + nearest);
        }
    }

    @Test
    void theNearestOptionIsSuggested() {
        var fault = malformed("UPLOAD /a siez=1").fault();
        assertThat(fault.fault()).isEqualTo(Fault.UNKNOWN_OPTION);
        assertThat(fault.facts()).containsEntry("nearest", "size");
        assertThat(malformed("PING now=true").fault().fault()).isEqualTo(Fault.UNKNOWN_OPTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPLOAD",
                "UPLOAD /a",
                "UPLOAD /../a size=1",
                "UPLOAD\t/a size=1",
                "UPLOAD\"/a\"",
                "upload \"",
                "UPLOAD=",
                "  UPLOAD",
                "RESUME 17 size=x",
                "resume",
                "RESUME\u0000",
                "UPLOAD /a size=-1"
            })
    void aDataPhaseFollowsWhateverBecomesOfTheLine(String line) {
        assertThat(malformed(line).dataPhase()).isTrue();
        assertThat(RequestLine.parse(line).hasDataPhase()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPLOADS all", "UPLAOD /a size=1", "\"UPLOAD\" /a", "STAT", "X UPLOAD", "ＵＰＬＯＡＤ /a"})
    void noDataPhaseFollowsOtherLines(String line) {
        assertThat(malformed(line).dataPhase()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "STAT",
                "STAT /a /b",
                "PING 1",
                "LOGIN tom",
                "LOGIN a b token=c",
                "LOGOUT all=yes",
                "STAT \"/a",
                "STAT \"/a\"x",
                "STAT /a\"b",
                "STAT /a\u0000",
                "STAT /a\tb",
                "STAT \"\\ud800\"",
                "STAT \"\\x\"",
                "STAT \"\\u12\"",
                "STAT \"a\tb\"",
                "STAT \"\\",
                "DOWNLOAD /a offset=01",
                "DOWNLOAD /a offset=9223372036854775808",
                "DOWNLOAD /a if=\"a b\"",
                "MOVE /a",
                "MOVE /a /b if=\"v 1\"",
                "DELETE /a if=\"v 1\"",
                "TAIL everything",
                "UPLOAD /a size=1 size=1",
                "UPLOAD /a size=1 modified=yesterday",
                "USER ADD a rights=\";\"",
                "USER ADD a admin=1",
                "STAT a=\"b\"",
                "?"
            })
    void whatIsMalformedIsCalledSo(String line) {
        assertThat(malformed(line).fault().fault()).isEqualTo(Fault.MALFORMED);
        assertThat(malformed(line).close()).isFalse();
    }

    @Test
    void aNameThatTheGateRefusesIsABadName() {
        assertThat(malformed("STAT /a/../b").fault().fault()).isEqualTo(Fault.BAD_NAME);
    }

    @Test
    void missingWordsAreAnsweredWithTheUsage() {
        assertThat(malformed("MOVE /a").fault().facts()).containsEntry("usage", "MOVE from to [if=absent|any|ETAG]");
    }

    @Test
    void aLineOverTheLimitCloses() {
        var fits = "STAT \"" + " ".repeat(RequestLine.MAX_BYTES - 8) + "\"";
        assertThat(malformed(fits).close()).isFalse();
        assertThat(malformed(fits + " ").close()).isTrue();
        assertThat(malformed(fits + " ").fault().fault()).isEqualTo(Fault.LINE_TOO_LONG);
    }

    @Test
    void whatNoLineCanSayIsNotWritten() {
        var malformed = RequestLine.parse("");
        assertThatThrownBy(() -> RequestLine.write(malformed)).isInstanceOf(IllegalArgumentException.class);
        var tooLong = new Request.LoginToken("x".repeat(RequestLine.MAX_BYTES));
        assertThatThrownBy(() -> RequestLine.write(tooLong)).isInstanceOf(FaultException.class);
    }

    @Test
    void secretsAreNotInTheTextOfARequest() {
        assertThat(RequestLine.parse("LOGIN tom hunter2").toString()).doesNotContain("hunter2");
        assertThat(RequestLine.parse("LOGIN token=hunter2").toString()).doesNotContain("hunter2");
        assertThat(RequestLine.parse("PASSWORD hunter2 hunter3").toString()).doesNotContain("hunter");
        assertThat(RequestLine.parse("USER ADD tom password=hunter2").toString())
                .doesNotContain("hunter2");
    }

    private static Request.Malformed malformed(String line) {
        var request = RequestLine.parse(line);
        assertThat(request).isInstanceOf(Request.Malformed.class);
        return (Request.Malformed) request;
    }
}
