package io.stemline.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Ends a child JVM when its parent is gone, whatever ended the parent.
 *
 * <p>The parent holds the writing end of the child's standard input. The operating system closes it when the parent ends,
 * also by {@code kill -9}. In the child a Java agent ({@link LifelineAgent}) reads standard input to its end, then leaves through
 * {@link System#exit}, so shutdown hooks run; a shutdown that hangs is cut off after 15 seconds. The program in the child
 * need not know.
 *
 * <p>The agent's jar is written from the agent's class, so there is nothing to package or to look for.
 */
public final class Lifeline {

    private static final Class<?> AGENT = LifelineAgent.class;

    private Lifeline() {}

    /**
     * The JVM option that ties a child to the process that starts it. Standard input of the child must be left a pipe, which
     * is what {@link ProcessBuilder} does unless told otherwise.
     *
     * @param directory where {@code lifeline.jar} is kept; created when missing, may be shared by all children
     * @return {@code -javaagent:<directory>/lifeline.jar}
     */
    public static String javaOption(Path directory) {
        return "-javaagent:" + agentJar(directory).toAbsolutePath();
    }

    /**
     * Writes the agent's jar, replacing an older one in one step.
     *
     * @param directory where to; created when missing
     * @return the jar, {@code lifeline.jar} in that directory
     */
    public static Path agentJar(Path directory) {
        Path jar = directory.resolve("lifeline.jar");
        try {
            Files.createDirectories(directory);
            Path unfinished = Files.createTempFile(directory, "lifeline", ".tmp");
            writeAgent(unfinished);
            return Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LocalStackException(jar + ": the lifeline cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static void writeAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", AGENT.getName());
        String entry = AGENT.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytecode = AGENT.getResourceAsStream("/" + entry)) {
            if (bytecode == null) {
                throw new UncheckedIOException(new IOException(entry + " is missing from the class path"));
            }
            out.putNextEntry(new JarEntry(entry));
            bytecode.transferTo(out);
            out.closeEntry();
        }
    }
}
