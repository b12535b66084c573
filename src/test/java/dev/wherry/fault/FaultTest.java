package dev.wherry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultTest {
    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsFoundByItsCodeAndHasAStatusOfAnError(Fault fault) {
        assertThat(fault.code()).matches("[a-z]+(-[a-z]+)*");
        assertThat(Fault.ofCode(fault.code())).contains(fault);
        assertThat(fault.httpStatus()).isBetween(400, 599);
    }

    @Test
    void noTwoFaultsShareACode() {
        assertThat(Arrays.stream(Fault.values()).map(Fault::code)).doesNotHaveDuplicates();
    }

    @Test
    void aCodeOfANewerServerIsUnknown() {
        assertThat(Fault.ofCode("from-the-future")).isEmpty();
        assertThat(Fault.ofCode("NOT_FOUND")).isEmpty();
    }

    @Test
    void aRefusalSaysWhatAndCarriesFactsInTheirOrder() {
        var refusal =
                Fault.EXISTS.because("/a is there already").with("size", 5).with("etag", "x");

        assertThat(refusal.fault()).isEqualTo(Fault.EXISTS);
        assertThat(refusal).hasMessage("/a is there already");
        assertThat(refusal.facts().keySet()).containsExactly("size", "etag");
        assertThat(refusal.facts()).containsEntry("size", 5).containsEntry("etag", "x");
    }

    @Test
    void aFactIsAddedToACopy() {
        var refusal = Fault.EXISTS.because("/a is there already");
        var more = refusal.with("size", 5);

        assertThat(refusal.facts()).isEmpty();
        assertThat(more.with("size", 6).facts()).containsEntry("size", 6);
        assertThat(more.facts()).containsEntry("size", 5);
        assertThatThrownBy(() -> more.facts().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aRefusalIsCheapAndAnAccidentKeepsItsTrace() {
        var cause = new IllegalStateException("disk");

        assertThat(Fault.DENIED.because("no").getStackTrace()).isEmpty();
        assertThat(Fault.DENIED.because("no").with("a", 1).getStackTrace()).isEmpty();
        assertThat(Fault.DISK_FAILED.because("no", cause)).hasCause(cause);
        assertThat(Fault.DISK_FAILED.because("no", cause).getStackTrace()).isNotEmpty();
        assertThat(Fault.DISK_FAILED.because("no", cause).with("a", 1)).hasCause(cause);
    }

    @Test
    void anyFailureIsAFault() {
        var fault = Fault.BUSY.because("busy");
        var accident = new IllegalStateException("secret detail");

        assertThat(FaultException.of(fault)).isSameAs(fault);
        assertThat(FaultException.of(accident).fault()).isEqualTo(Fault.INTERNAL);
        assertThat(FaultException.of(accident)).hasCause(accident);
        assertThat(FaultException.of(accident).getMessage()).doesNotContain("secret");
    }
}
