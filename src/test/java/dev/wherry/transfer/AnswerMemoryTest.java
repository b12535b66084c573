package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class AnswerMemoryTest {
    private static final long ALL = 1_000;

    private final AnswerMemory memory = new AnswerMemory(ALL);

    private static Principal account(String name) {
        return Principal.of(User.create(
                new JsonObject().put("username", name).put("session", 1).put("mustChangePassword", false)));
    }

    private AnswerMemory.Share share(String account) {
        return memory.share(account(account));
    }

    private static Fault refused(ThrowingCallable taking) {
        var faults = new ArrayList<Fault>();
        assertThatThrownBy(taking).isInstanceOfSatisfying(FaultException.class, failure -> faults.add(failure.fault()));
        return faults.getFirst();
    }

    @Test
    void anAccountMayHaveHalf() {
        share("ann").take(ALL / 2);
        assertThat(refused(() -> share("ann").take(1))).isEqualTo(Fault.TOO_MANY);
        share("bob").take(ALL / 2);
        assertThat(refused(() -> share("eve").take(1))).isEqualTo(Fault.TOO_MANY);
    }

    @Test
    void oneAnswerThatIsTooLargeIsToldSo() {
        var answer = share("ann");
        answer.take(ALL / 2);
        assertThat(refused(() -> answer.take(1))).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void whatIsGivenBackIsThereForOthers() {
        for (int round = 0; round < 100; round++) {
            var answers = List.of(share("ann"), share("bob"), share("ann"));
            answers.forEach(answer -> answer.take(ALL / 4));
            answers.forEach(AnswerMemory.Share::close);
            answers.forEach(AnswerMemory.Share::close);
        }
        share("ann").take(ALL / 2);
        share("bob").take(ALL / 2);
    }

    @Test
    void aRefusalTakesNothing() {
        var answer = share("ann");
        answer.take(ALL / 2 - 1);
        assertThat(refused(() -> answer.take(2))).isEqualTo(Fault.TOO_LARGE);
        answer.take(1);
    }
}
