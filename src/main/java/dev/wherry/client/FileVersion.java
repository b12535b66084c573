package dev.wherry.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What a file of this machine looked like when somebody decided what is to become of it.
 *
 * @param key what tells one file from another, where the system has such a thing
 */
public record FileVersion(boolean isFile, long size, FileTime modified, Optional<Object> key) {
    public static FileVersion of(BasicFileAttributes attributes) {
        return new FileVersion(
                attributes.isRegularFile(),
                attributes.size(),
                attributes.lastModifiedTime(),
                Optional.ofNullable(attributes.fileKey()));
    }

    /** Of the name itself, and not of what a link points to. */
    public static FileVersion at(Path path) throws IOException {
        return of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** Whether the name holds just this now. */
    public boolean isStillAt(Path path) throws IOException {
        try {
            return equals(at(path));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
