package dev.wherry.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VirtualPathTest {
    static List<NastyNames.Nasty> nasty() {
        return NastyNames.all();
    }

    @ParameterizedTest
    @MethodSource("nasty")
    void aNastyNameIsRefusedWithTheRuleThatItBreaks(NastyNames.Nasty nasty) {
        var failure = refused(nasty.path());

        assertThat(failure.fault()).isEqualTo(Fault.BAD_NAME);
        assertThat(String.valueOf(failure.facts().get("rule"))).contains(nasty.rule());
        assertThat(failure.getMessage()).contains(nasty.rule());
    }

    @Test
    void thereAreMoreThanAHundredNastyNames() {
        assertThat(nasty()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void whatARefusalRepeatsIsShort() {
        assertThat(String.valueOf(refused("x".repeat(1_000_000)).facts().get("name")))
                .hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "/...",
                "/.hidden",
                "/..a",
                "/a..",
                "/ ",
                "/a b",
                "/~",
                "/-rf",
                "/a:b",
                "/*?<>|\"'`$(x);&#%2e%2e",
                "/été 1.jpg",
                "/日本語/файл/ملف",
                "/nul",
                "/con.txt",
                "/a.",
                "/می\u200cخواهم",
                "/👨\u200d👩\u200d👧",
                "/🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "/\u00a0",
                "/\ue000",
                "/\ufffd"
            })
    void whatIsOnlyUnusualIsTaken(String path) {
        assertThat(VirtualPath.parse(path)).hasToString(path);
    }

    @Test
    void theSlashAtTheStartMayBeLeftOut() {
        assertThat(VirtualPath.parse("a/b"))
                .isEqualTo(VirtualPath.parse("/a/b"))
                .hasToString("/a/b");
    }

    @Test
    void theRootIsASlash() {
        assertThat(VirtualPath.parse("/")).isEqualTo(VirtualPath.ROOT).hasToString("/");
        assertThat(VirtualPath.ROOT.isRoot()).isTrue();
        assertThat(VirtualPath.ROOT.name()).isEmpty();
        assertThat(VirtualPath.ROOT.segments()).isEmpty();
        assertThat(VirtualPath.ROOT.parent()).isEqualTo(VirtualPath.ROOT);
    }

    @ParameterizedTest
    @CsvSource({"e\u0301,\u00e9", "A\u030a,\u00c5", "\u212b,\u00c5", "\u1112\u1161\u11ab,\ud55c", "\u2126,\u03a9"})
    void whatLooksTheSameIsTheSame(String one, String composed) {
        var path = VirtualPath.parse("/x/" + one);

        assertThat(path)
                .isEqualTo(VirtualPath.parse("/x/" + composed))
                .hasSameHashCodeAs(VirtualPath.parse("/x/" + composed));
        assertThat(path.name()).isEqualTo(composed);
    }

    @Test
    void compatibilityFormsStayApart() {
        assertThat(VirtualPath.parse("/\ufb01")).isNotEqualTo(VirtualPath.parse("/fi"));
        assertThat(VirtualPath.parse("/A")).isNotEqualTo(VirtualPath.parse("/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uff0f", "\uff0e\uff0e", "\u2024\u2024", "\u2215", "\uff3c", "%2e%2e", "%2f", "%00"})
    void whatOnlyLooksLikeASeparatorIsAName(String name) {
        assertThat(VirtualPath.parse("/a/" + name + "/b").segments()).containsExactly("a", name, "b");
    }

    @Test
    void aNameHasAtMost200Bytes() {
        assertThat(VirtualPath.parse("/" + "a".repeat(200)).name()).hasSize(200);
        assertThat(VirtualPath.parse("/" + "é".repeat(100)).name()).hasSize(100);
        assertThat(VirtualPath.parse("/" + "e\u0301".repeat(100)).name())
                .as("counted as stored")
                .hasSize(100);
        assertThat(rule("/" + "a".repeat(201))).contains(NastyNames.LONG_NAME);
        assertThat(rule("/" + "é".repeat(100) + "a")).contains(NastyNames.LONG_NAME);
    }

    @Test
    void aPathHasAtMost4000Bytes() {
        var twenty = ("/" + "a".repeat(199)).repeat(20);
        var decomposed = ("/" + "e\u0301".repeat(90) + "a".repeat(19)).repeat(20);

        assertThat(twenty.getBytes(UTF_8)).hasSize(4000);
        assertThat(VirtualPath.parse(twenty).segments()).hasSize(20);
        assertThat(VirtualPath.parse(twenty.substring(1)).segments()).hasSize(20);
        assertThat(VirtualPath.parse(decomposed).toString().getBytes(UTF_8))
                .as("counted as stored")
                .hasSize(4000);
        assertThat(rule(("/" + "a".repeat(199)).repeat(19) + "/" + "a".repeat(100) + "/" + "a".repeat(99)))
                .contains(NastyNames.LONG_PATH);
        assertThat(rule(("/" + "a".repeat(199)).repeat(19) + "/" + "a".repeat(100) + "/" + "a".repeat(99)))
                .doesNotContain(NastyNames.LONG_NAME);
    }

    @Test
    void thePathIsCountedWithItsFirstSlashHoweverItIsWritten() {
        var nineteen = ("a".repeat(199) + "/").repeat(19);

        assertThat(rule(nineteen + "a".repeat(100) + "/" + "a".repeat(99))).contains(NastyNames.LONG_PATH);
    }

    @Test
    void aPathHasAtMost64Names() {
        assertThat(VirtualPath.parse("/a".repeat(64)).segments()).hasSize(64);
        assertThat(VirtualPath.parse("/a".repeat(63)).child("b").segments()).hasSize(64);
        assertThat(rule("/a".repeat(65))).contains(NastyNames.DEEP);
        assertThat(catchThrowableOfType(
                        FaultException.class,
                        () -> VirtualPath.parse("/a".repeat(64)).child("b")))
                .extracting(FaultException::fault)
                .isEqualTo(Fault.BAD_NAME);
    }

    @Test
    void aChildIsOneName() {
        var folder = VirtualPath.parse("/a");

        assertThat(folder.child("b")).isEqualTo(VirtualPath.parse("/a/b"));
        assertThat(folder.child("b").parent()).isEqualTo(folder);
        assertThat(VirtualPath.ROOT.child("b")).isEqualTo(VirtualPath.parse("/b"));
        for (var parent : List.of(folder, VirtualPath.ROOT)) {
            for (var name : List.of("", ".", "..", "b/c", "/b", "b/", "/")) {
                assertThat(catchThrowableOfType(FaultException.class, () -> parent.child(name)))
                        .as("%s of %s", name, parent)
                        .isNotNull()
                        .extracting(FaultException::fault)
                        .isEqualTo(Fault.BAD_NAME);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b,/a,true",
        "/a/b/c,/a,true",
        "/a,/a,true",
        "/a,/,true",
        "/,/,true",
        "/ab,/a,false",
        "/a,/a/b,false",
        "/,/a,false",
        "/b/a,/a,false",
        "/a /b,/a,false",
        "/A/b,/a,false"
    })
    void insideIsByNamesNotByLetters(String path, String folder, boolean within) {
        assertThat(VirtualPath.parse(path).isWithin(VirtualPath.parse(folder))).isEqualTo(within);
    }

    @Test
    void aFolderComesRightBeforeWhatLiesInIt() {
        var paths = new ArrayList<VirtualPath>();
        for (var text : List.of("/b", "/a b", "/a/z", "/a", "/", "/a-b/c", "/a/b/c")) {
            paths.add(VirtualPath.parse(text));
        }
        Collections.sort(paths);

        assertThat(paths.stream().map(VirtualPath::toString))
                .containsExactly("/", "/a", "/a/b/c", "/a/z", "/a b", "/a-b/c", "/b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "/a/con~device",
                "/NUL.txt~device",
                "/Aux .x~device",
                "/lpt9~device",
                "/com¹.log~device",
                "/conin$~device",
                "/a./b~dot or a space",
                "/'a '/b~dot or a space",
                "/a:b~:",
                "/x/what?~?",
                "/<~<",
                "/a|b~|",
                "/\"~\"",
                "/*~*",
                "/>~>"
            })
    void whatWindowsCannotHoldIsKnown(String path, String rule) {
        assertThat(VirtualPath.parse(path.replace("'", "")).unportable())
                .hasValueSatisfying(broken -> assertThat(broken).contains(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/b.txt", "/console", "/com10", "/nulls", "/.a", "/a.b.c", "/été", "/a;b"})
    void whatEverySystemCanHoldIsPortable(String path) {
        assertThat(VirtualPath.parse(path).unportable()).isEmpty();
    }

    @Test
    void whatItPrintsIsReadBackAsTheSame() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = randomText(random);
            VirtualPath path;
            try {
                path = VirtualPath.parse(text);
            } catch (FaultException refused) {
                assertThat(refused.fault()).as("seed %d, round %d", seed, i).isEqualTo(Fault.BAD_NAME);
                continue;
            }
            taken++;
            var printed = path.toString();
            assertThat(VirtualPath.parse(printed))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(path)
                    .hasToString(printed);
            assertThat(Normalizer.isNormalized(printed, Normalizer.Form.NFC))
                    .as("seed %d, round %d", seed, i)
                    .isTrue();
            assertThat(path.segments())
                    .as("seed %d, round %d", seed, i)
                    .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/"));
            assertThat(printed.getBytes(UTF_8).length).isLessThanOrEqualTo(VirtualPath.MAX_BYTES);
            assertThat(path.isWithin(path.parent())).isTrue();
            assertThat(
                            path.parent().isRoot()
                                    ? VirtualPath.ROOT
                                    : VirtualPath.parse(path.parent().toString()))
                    .isEqualTo(path.parent());
        }
        assertThat(taken)
                .as("seed %d: the loop must also see names that are taken", seed)
                .isGreaterThan(2_000);
    }

    /** Mostly harmless letters, some marks that combine, now and then anything at all. */
    private static String randomText(Random random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(30); length >= 0; length--) {
            switch (random.nextInt(40)) {
                case 0 -> text.append('/');
                case 1 -> text.append('.');
                case 2, 3, 4 -> text.appendCodePoint(0x300 + random.nextInt(0x30));
                case 5 -> text.appendCodePoint(0x1100 + random.nextInt(0x100));
                case 6 -> text.appendCodePoint(random.nextInt(0x110000));
                case 7, 8 -> text.appendCodePoint(0x4E00 + random.nextInt(0x5000));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static FaultException refused(String path) {
        return Objects.requireNonNull(
                catchThrowableOfType(FaultException.class, () -> VirtualPath.parse(path)), "it was taken");
    }

    private static String rule(String path) {
        return String.valueOf(refused(path).facts().get("rule"));
    }
}
