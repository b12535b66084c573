package dev.wherry.auth;

import dev.wherry.bus.Event;
import io.vertx.core.json.JsonObject;

/** What happens to accounts and sessions. None of it holds a password, a token, or a digest of one. */
public sealed interface AuthEvent extends Event {
    String account();

    record LoginSucceeded(String account, String address, String door) implements AuthEvent {
        @Override
        public String event() {
            return "login-succeeded";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("address", address).put("door", door);
        }
    }

    /**
     * @param account as it was typed, shortened when it could be no name; empty when a token was shown
     * @param reason the code of the fault
     */
    record LoginFailed(String account, String address, String door, String reason) implements AuthEvent {
        @Override
        public String event() {
            return "login-failed";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("address", address).put("door", door).put("reason", reason);
        }
    }

    /**
     * @param sessions how many ended
     * @param reason as in {@link Auth.SessionsEnded}
     */
    record LoggedOut(String account, int sessions, String reason) implements AuthEvent {
        @Override
        public String event() {
            return "logged-out";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("sessions", sessions).put("reason", reason);
        }
    }

    /** @param by the account that did it: the own one, or an administrator's */
    record PasswordChanged(String account, String by) implements AuthEvent {
        @Override
        public String event() {
            return "password-changed";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("by", by);
        }
    }

    record AccountAdded(String account, boolean administrator, String by) implements AuthEvent {
        @Override
        public String event() {
            return "account-added";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("administrator", administrator).put("by", by);
        }
    }

    record AccountRemoved(String account, String by) implements AuthEvent {
        @Override
        public String event() {
            return "account-removed";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("by", by);
        }
    }

    /** @param by the administrator who set them */
    record RightsChanged(String account, String by) implements AuthEvent {
        @Override
        public String event() {
            return "rights-changed";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("by", by);
        }
    }

    /** @param name of the token, as its owner calls it */
    record TokenCreated(String account, String name) implements AuthEvent {
        @Override
        public String event() {
            return "token-created";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("name", name);
        }
    }

    /** @param name of the token, as its owner calls it */
    record TokenRevoked(String account, String name) implements AuthEvent {
        @Override
        public String event() {
            return "token-revoked";
        }

        @Override
        public JsonObject facts() {
            return about(account).put("name", name);
        }
    }

    private static JsonObject about(String account) {
        return new JsonObject().put("account", account);
    }
}
