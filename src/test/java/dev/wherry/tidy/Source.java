package dev.wherry.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java file, read and parsed.
 *
 * @param path from the project's folder, with slashes
 */
public record Source(String path, List<String> lines, CompilationUnitTree tree, SourcePositions positions) {
    private static final String MAIN = "src/main/java/dev/wherry/";

    /** Reads every Java file below these folders of the project. */
    public static List<Source> below(List<Path> folders) throws IOException {
        var texts = new ArrayList<Text>();
        for (var folder : folders) {
            try (var files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Text::read)
                        .forEach(texts::add);
            }
        }
        return parse(texts);
    }

    /** A source from its text, for controls. */
    public static Source of(String path, String text) {
        return parse(List.of(new Text(path, text))).getFirst();
    }

    /** All at once: starting the compiler takes longer than reading a hundred files. */
    private static List<Source> parse(List<Text> texts) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(null, null, ignored -> {}, List.of("-proc:none"), null, texts);
        var positions = Trees.instance(task).getSourcePositions();
        var sources = new ArrayList<Source>();
        try {
            for (var tree : task.parse()) {
                var file = tree.getSourceFile();
                var lines = file.getCharContent(true).toString().lines().toList();
                sources.add(new Source(file.toUri().getPath().substring(1), lines, tree, positions));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return sources;
    }

    boolean isMain() {
        return path.startsWith(MAIN);
    }

    /** Whether it is one of these, named from the root package: a file, or a folder that ends with a slash. */
    boolean isAnyOf(List<String> places) {
        return places.stream()
                .map(place -> MAIN + place)
                .anyMatch(place -> place.endsWith("/") ? path.startsWith(place) : path.equals(place));
    }

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    long line(Tree node) {
        return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, node));
    }

    long lastLine(Tree node) {
        return tree.getLineMap().getLineNumber(positions.getEndPosition(tree, node));
    }

    /** What the compiler reads. */
    private static final class Text extends SimpleJavaFileObject {
        private final String content;

        Text(String path, String content) {
            super(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE);
            this.content = content;
        }

        static Text read(Path file) {
            try {
                return new Text(file.toString().replace('\\', '/'), Files.readString(file));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
