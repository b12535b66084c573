package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.MemoryServer;
import dev.wherry.client.Peer;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LoginTest extends DeskFixture {
    LoginTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeEach
    void noEnvironment() {
        assertThat(desk.config()).doesNotExist();
    }

    private void environment() {
        desk.environment.put("WHERRY_SERVER", desk.peer.address().toString());
        desk.environment.put("WHERRY_USER", MemoryServer.USER);
        desk.environment.put("WHERRY_PASSWORD_FILE", desk.path("password"));
        desk.environment.put("WHERRY_FINGERPRINT", desk.peer.fingerprint().text());
    }

    @Test
    void aLoginIsKeptAsATokenAndNeverAsAPassword() throws IOException {
        assertThat(desk.login()).as(desk.said()).isZero();
        assertThat(desk.out()).contains("logged in as anna at " + desk.peer.address());
        assertThat(Files.readString(desk.config().resolve("logins")))
                .contains(MemoryServer.TOKEN)
                .doesNotContain(MemoryServer.PASSWORD);

        assertThat(desk.wherry("ls")).as(desk.said()).isZero();
        assertThat(desk.wherry("ls", ":/")).isZero();
        assertThat(desk.wherry("ls", "anna@" + desk.peer.address() + ":/")).isZero();
        assertThat(desk.wherry("ls", "bert@" + desk.peer.address() + ":/")).isEqualTo(4);
    }

    @Test
    void aLogoutEndsTheSessionHereAndThere() throws IOException {
        desk.login();
        assertThat(desk.wherry("logout")).as(desk.said()).isZero();
        assertThat(desk.server.token).isNotEqualTo(MemoryServer.TOKEN);
        assertThat(Files.readString(desk.config().resolve("logins"))).isEmpty();
        assertThat(desk.wherry("ls")).isEqualTo(4);
        assertThat(desk.err()).contains("wherry login");
    }

    @Test
    void aLogoutEndsTheSessionThatWasKeptWhateverElseIsKnown() throws IOException {
        for (var option : new String[] {"--accept-new", "--all", "--password-file=" + desk.path("password")}) {
            desk.server.token = MemoryServer.TOKEN;
            desk.login();
            environment();
            int before = desk.peer.requests().size();
            assertThat(desk.wherry("logout", option)).as(desk.said()).isZero();
            assertThat(desk.peer.requests().subList(before, desk.peer.requests().size()).stream()
                            .filter(request -> !(request instanceof Request.Quit)))
                    .containsExactly(
                            new Request.LoginToken(MemoryServer.TOKEN), new Request.Logout(option.equals("--all")));
            assertThat(Files.readString(desk.config().resolve("logins"))).isEmpty();
            assertThat(desk.wherry("ls")).as("the environment counts again").isZero();
            desk.environment.remove("WHERRY_PASSWORD_FILE");
        }
    }

    @Test
    void whatIsNoServerIsSaidSo() {
        for (var command : new String[] {"login", "logout"}) {
            assertThat(desk.wherry(command, "localhost/")).as(desk.said()).isEqualTo(2);
            assertThat(desk.err()).contains("localhost/").doesNotContain("unexpected");
        }
    }

    @Test
    void aSessionThatHasEndedSaysToLogInAgain() {
        desk.login();
        desk.server.token = "another";
        assertThat(desk.wherry("ls")).isEqualTo(4);
        assertThat(desk.err()).contains("has ended: wherry login");
        assertThat(desk.wherry("logout")).as(desk.said()).isZero();
    }

    @Test
    void aWrongOrEmptyPasswordIsNotAllowed() {
        desk.write("password", "wrong");
        assertThat(desk.login()).isEqualTo(4);
        assertThat(desk.err()).isEqualTo("wherry: wrong user name or password\n");
        desk.write("password", "\n");
        assertThat(desk.login()).isEqualTo(4);
        assertThat(desk.err()).isEqualTo("wherry: wrong user name or password\n");
        assertThat(desk.config().resolve("logins")).doesNotExist();
    }

    @Test
    void aPersonWhoMistypesIsAskedAgainTwice() {
        desk.interactive = true;
        var arguments = new String[] {"login", "anna@" + desk.peer.address(), "--accept-new"};
        desk.input = ("wrong\n\n" + MemoryServer.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8);
        var question = "Password for anna@" + desk.peer.address() + ": ";
        assertThat(desk.wherry(arguments)).as(desk.said()).isZero();
        assertThat(desk.err().split("; try again\n" + question, -1)).hasSize(3);

        desk.input = "one\ntwo\nthree\nfour\n".getBytes(StandardCharsets.UTF_8);
        assertThat(desk.wherry(arguments)).isEqualTo(4);
        assertThat(desk.err().split("; try again\n" + question, -1)).hasSize(3);
        assertThat(desk.err()).contains("\n" + question + "wherry: ");
        assertThat(desk.peer.requests())
                .filteredOn(Request.LoginPassword.class::isInstance)
                .hasSize(5);
    }

    @Test
    void theServerOfTheEnvironmentMayNameTheUserToo() {
        environment();
        desk.environment.remove("WHERRY_USER");
        desk.environment.put("WHERRY_SERVER", MemoryServer.USER + "@" + desk.peer.address());
        assertThat(desk.wherry("ls")).as(desk.said()).isZero();
        assertThat(desk.wherry("ls", desk.peer.address() + ":/"))
                .as(desk.said())
                .isZero();
        assertThat(desk.wherry("ls", "bert@" + desk.peer.address() + ":/"))
                .as("the password is for another")
                .isEqualTo(4);
        desk.environment.put("WHERRY_SERVER", "bert@" + desk.peer.address());
        assertThat(desk.wherry("ls")).isEqualTo(4);
        desk.environment.put("WHERRY_USER", MemoryServer.USER);
        assertThat(desk.wherry("ls")).as("the variable for it wins").isZero();
        desk.environment.put("WHERRY_SERVER", "@" + desk.peer.address());
        assertThat(desk.wherry("ls")).isEqualTo(2);
    }

    @Test
    void theEnvironmentIsEnoughAndIsNeverKept() {
        environment();
        assertThat(desk.wherry("ls")).as(desk.said()).isZero();
        assertThat(desk.wherry("login")).as(desk.said()).isZero();
        assertThat(desk.config()).doesNotExist();
    }

    @Test
    void aTokenFromTheEnvironmentIsEnough() {
        environment();
        desk.environment.remove("WHERRY_PASSWORD_FILE");
        desk.environment.put(
                "WHERRY_TOKEN_FILE",
                desk.write("token", MemoryServer.TOKEN + "\n").toString());
        assertThat(desk.wherry("ls")).as(desk.said()).isZero();
    }

    @Test
    void optionsWinOverTheEnvironmentAndThatOverWhatWasKept() {
        desk.login();
        environment();
        desk.environment.put(
                "WHERRY_PASSWORD_FILE", desk.write("wrong", "wrong").toString());
        assertThat(desk.wherry("ls")).isEqualTo(4);
        assertThat(desk.wherry("ls", "--password-file=" + desk.path("password")))
                .as(desk.said())
                .isZero();
    }

    @Test
    void whatTheEnvironmentSaysOfOneServerIsNotShownToAnother() {
        environment();
        try (var other = Peer.running(new MemoryServer())) {
            assertThat(desk.wherry("ls", "--fingerprint=" + other.fingerprint(), other.address() + ":/"))
                    .isEqualTo(4);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void anUnknownServerIsRefusedWhereNobodyCanBeAsked() {
        assertThat(desk.wherry("login", "anna@" + desk.peer.address(), "--password-file=" + desk.path("password")))
                .isEqualTo(9);
        assertThat(desk.err()).contains(desk.peer.fingerprint().text()).contains("--accept-new");
        assertThat(desk.peer.requests()).isEmpty();
    }

    @Test
    void anUnknownServerIsBelievedOnRequestAndKept() throws IOException {
        assertThat(desk.wherry(
                        "login",
                        "anna@" + desk.peer.address(),
                        "--accept-new",
                        "--password-file=" + desk.path("password")))
                .as(desk.said())
                .isZero();
        assertThat(Files.readString(desk.config().resolve("known_servers")))
                .isEqualTo(desk.peer.address() + " " + desk.peer.fingerprint() + "\n");
        assertThat(desk.wherry("ls")).isZero();
    }

    @Test
    void aPersonIsAskedAboutAnUnknownServer() {
        desk.interactive = true;
        var arguments =
                new String[] {"login", "anna@" + desk.peer.address(), "--password-file=" + desk.path("password")};
        desk.input = "n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(desk.wherry(arguments)).isEqualTo(9);
        desk.input = "a password\nyes\n".getBytes(StandardCharsets.UTF_8);
        assertThat(desk.wherry(arguments)).as(desk.said()).isZero();
        assertThat(desk.err()).contains(desk.peer.fingerprint().text());
        desk.input = new byte[0];
        assertThat(desk.wherry("ls")).isZero();
    }

    @Test
    void aChangedServerIsRefusedLoudly() {
        desk.login();
        desk.write("config/known_servers", desk.peer.address() + " SHA256:" + "A".repeat(43) + "=\n");
        assertThat(desk.wherry("ls")).isEqualTo(9);
        assertThat(desk.err())
                .contains("HAS CHANGED")
                .contains("SHA256:" + "A".repeat(43))
                .contains(desk.peer.fingerprint().text())
                .contains(desk.path("config/known_servers") + ", line 1");
        assertThat(desk.wherry("ls", "--accept-new")).isEqualTo(9);
    }

    @Test
    void aOneTimePasswordIsChangedAtTheFirstLogin() {
        desk.server.mustChangePassword = true;
        assertThat(desk.login()).isEqualTo(4);
        assertThat(desk.err()).contains("--new-password-file");

        desk.write("new", "a better password");
        assertThat(desk.login("--new-password-file=" + desk.path("new")))
                .as(desk.said())
                .isZero();
        assertThat(desk.server.password).isEqualTo("a better password");
        assertThat(desk.wherry("ls")).isZero();
    }

    @Test
    void aPersonIsAskedForANewPasswordTwice() {
        desk.server.mustChangePassword = true;
        desk.interactive = true;
        desk.input = "one password\nanother password\nshort\na better password\na better password\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(desk.login()).as(desk.said()).isZero();
        assertThat(desk.err()).contains("not the same").contains("shorter than 8 characters");
        assertThat(desk.server.password).isEqualTo("a better password");
    }

    @Test
    void whoEndsAQuestionIsToldNothing() {
        desk.interactive = true;
        var arguments =
                new String[] {"login", "anna@" + desk.peer.address(), "--fingerprint=" + desk.peer.fingerprint()};
        assertThat(desk.wherry(arguments)).isEqualTo(130);
        assertThat(desk.err()).isEqualTo("Password for anna@" + desk.peer.address() + ": \n");
        assertThat(desk.out()).isEmpty();
    }

    @Test
    void aSecretThatCannotBeReadIsAMistakeOfTheCommandLine() {
        assertThat(desk.wherry("login", "anna@" + desk.peer.address(), "--password-file=" + desk.path("nope")))
                .isEqualTo(2);
        assertThat(desk.err()).contains("no such file to read a secret from: " + desk.path("nope"));
        assertThat(desk.wherry("login", "anna@" + desk.peer.address(), "--password-file=" + desk.folder))
                .isEqualTo(2);
    }

    @Test
    void nobodyThereIsSaidSo() {
        assertThat(desk.wherry("login", "anna@127.0.0.1:1", "--password-file=" + desk.path("password")))
                .isEqualTo(3);
        assertThat(desk.err()).contains("connection refused: is a server listening on 127.0.0.1:1?");
        assertThat(desk.wherry("ls")).isEqualTo(4);
        assertThat(desk.wherry("login", "no such host.invalid", "--password-file=" + desk.path("password")))
                .isNotZero();
    }

    @Test
    void aPasswordIsNeverAnArgument() {
        desk.login();
        assertThat(desk.peer.requests().getFirst()).isInstanceOf(Request.LoginPassword.class);
        assertThat(desk.wherry("login", "--password", "x")).isEqualTo(2);
    }
}
