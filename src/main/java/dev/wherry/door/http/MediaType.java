package dev.wherry.door.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a file is shown as, by its name alone. Only what browsers show without running anything is shown in place; what
 * strangers could make run is a download, whatever it says it is.
 *
 * @param value for {@code Content-Type}
 * @param isInline whether it may be shown in place
 */
record MediaType(String value, boolean isInline) {
    private static final MediaType UNKNOWN = new MediaType("application/octet-stream", false);
    static final MediaType PDF = new MediaType("application/pdf", true);

    private static final Map<String, String> SHOWN = Map.ofEntries(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("ogv", "video/ogg"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("aac", "audio/aac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("oga", "audio/ogg"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("flac", "audio/flac"),
            Map.entry("wav", "audio/wav"));

    private static final Set<String> TEXT = Set.of(
            "txt",
            "text",
            "log",
            "md",
            "markdown",
            "csv",
            "tsv",
            "json",
            "jsonl",
            "ndjson",
            "yaml",
            "yml",
            "toml",
            "ini",
            "conf",
            "cfg",
            "properties",
            "sh",
            "bash",
            "py",
            "rb",
            "go",
            "rs",
            "c",
            "h",
            "cc",
            "cpp",
            "hpp",
            "java",
            "kt",
            "sql",
            "diff",
            "patch",
            "srt",
            "vtt",
            "tex",
            "sum",
            "sha256",
            "asc");

    static MediaType of(String name) {
        int dot = name.lastIndexOf('.');
        var ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (ending.equals("pdf")) {
            return PDF;
        }
        if (TEXT.contains(ending)) {
            return new MediaType("text/plain; charset=utf-8", true);
        }
        var shown = SHOWN.get(ending);
        return shown == null ? UNKNOWN : new MediaType(shown, true);
    }
}
