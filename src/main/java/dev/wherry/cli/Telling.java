package dev.wherry.cli;

import picocli.CommandLine.Option;

/** How a command tells what it does. */
final class Telling {
    @Option(names = "--json", description = "One JSON object a line for each event, for programs.")
    boolean json;

    Reporter reporter(Screen screen) {
        if (json) {
            return new JsonReporter(new JsonLines(screen));
        }
        var lines = new PlainReporter(screen);
        return screen.canDraw()
                ? new BarReporter(lines, screen, System::nanoTime, new TerminalWidth(screen.environment()))
                : lines;
    }
}
