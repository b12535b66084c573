package dev.wherry.door.console;

import dev.wherry.protocol.Request;

/** What was asked, from the closed set of words under which requests are counted. */
final class Verbs {
    private Verbs() {}

    /** How it was asked matters to nobody who counts: forms of one request share a word. */
    static String word(Request request) {
        return switch (request) {
            case Request.Help _ -> "help";
            case Request.LoginPassword _, Request.LoginToken _ -> "login";
            case Request.Logout _ -> "logout";
            case Request.Quit _ -> "quit";
            case Request.WhoAmI _ -> "whoami";
            case Request.ChangePassword _ -> "password";
            case Request.Ping _ -> "ping";
            case Request.ListFolder _ -> "list";
            case Request.Stat _ -> "stat";
            case Request.Upload _ -> "upload";
            case Request.Resume _ -> "resume";
            case Request.Uploads _ -> "uploads";
            case Request.Cancel _ -> "cancel";
            case Request.Download _ -> "download";
            case Request.Delete _ -> "delete";
            case Request.MakeFolder _ -> "mkdir";
            case Request.RemoveFolder _ -> "rmdir";
            case Request.Move _ -> "move";
            case Request.Verify _ -> "verify";
            case Request.Transfers _ -> "transfers";
            case Request.Stats _ -> "stats";
            case Request.History _ -> "history";
            case Request.Tail _ -> "tail";
            case Request.UserAdd _,
                    Request.UserList _,
                    Request.UserRemove _,
                    Request.UserReset _,
                    Request.UserRights _,
                    Request.UserExplain _ -> "user";
            case Request.TokenCreate _, Request.TokenList _, Request.TokenRevoke _ -> "token";
            case Request.QuotaSet _, Request.QuotaList _, Request.QuotaRemove _ -> "quota";
            case Request.Malformed _ -> "malformed";
        };
    }
}
