package dev.wherry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the build adds to the application folder for man and the shells, in the places where they look for it. */
public final class Papers {
    private Papers() {}

    /** @param share the folder that is to hold them all, such as {@code share} beside {@code bin} */
    public static void write(Cli cli, Path share) throws IOException {
        for (var paper : of(cli).entrySet()) {
            var file = share.resolve(paper.getKey());
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, paper.getValue());
        }
    }

    /** By path below the folder. */
    static Map<String, String> of(Cli cli) {
        var line = cli.commandLine();
        var papers = new LinkedHashMap<String, String>();
        Manual.pages(line, Cli.version()).forEach((name, page) -> papers.put("man/man1/" + name, page));
        papers.put("bash-completion/completions/wherry", Completion.forShell("bash", line));
        papers.put("zsh/site-functions/_wherry", Completion.forShell("zsh", line));
        papers.put("fish/vendor_completions.d/wherry.fish", Completion.forShell("fish", line));
        return papers;
    }
}
