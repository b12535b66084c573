import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the class files of old jars in today's version, each jar in its place: Java keeps no class older than version
 * 50 in its caches, and checks such a class by a slow way each time it is loaded. Nothing else in them changes, but that
 * what the checker wants to know (the stack maps) is written beside the code. A jar without old classes stays as it is.
 */
final class NewerClasses {
    private static final int FIRST_WITH_STACK_MAPS = 50;
    private static final int NEW = ClassFile.JAVA_25_VERSION;

    private NewerClasses() {}

    public static void main(String[] jars) throws IOException {
        for (var jar : jars) {
            raise(Path.of(jar));
        }
    }

    private static void raise(Path jar) throws IOException {
        try (var from = new ZipFile(jar.toFile());
                var classes = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            if (!isOld(from)) {
                return;
            }
            var raised = jar.resolveSibling(jar.getFileName() + ".new");
            try (var to = new ZipOutputStream(Files.newOutputStream(raised))) {
                var format = ClassFile.of(
                        StackMapsOption.GENERATE_STACK_MAPS,
                        ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
                for (var entry : Collections.list(from.entries())) {
                    var bytes = from.getInputStream(entry).readAllBytes();
                    var same = new ZipEntry(entry.getName());
                    same.setTime(entry.getTime());
                    to.putNextEntry(same);
                    to.write(isOld(entry, bytes) ? raised(format, bytes) : bytes);
                }
                var note = new ZipEntry("META-INF/CHANGED");
                note.setTime(from.entries().nextElement().getTime());
                to.putNextEntry(note);
                to.write("Changed for Wherry: the version of the class files, and with it their stack maps.\n".getBytes());
            }
            Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isOld(ZipFile jar) throws IOException {
        for (var entry : Collections.list(jar.entries())) {
            try (var in = jar.getInputStream(entry)) {
                if (isOld(entry, in.readNBytes(8))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Bytes 6 and 7 of a class file are its version (JVMS 4.1). */
    private static boolean isOld(ZipEntry entry, byte[] start) {
        return entry.getName().endsWith(".class") && ((start[6] & 0xff) << 8 | start[7] & 0xff) < FIRST_WITH_STACK_MAPS;
    }

    private static byte[] raised(ClassFile format, byte[] bytes) {
        return format.transformClass(
                format.parse(bytes),
                ClassTransform.dropping(ClassFileVersion.class::isInstance)
                        .andThen(ClassTransform.endHandler(builder -> builder.withVersion(NEW, 0)))
                        .andThen(ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element))));
    }
}
