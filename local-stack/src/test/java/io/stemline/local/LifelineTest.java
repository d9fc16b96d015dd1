package io.stemline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LifelineTest {

    @TempDir
    private Path directory;

    @Test
    void childAndItsDatabaseEndWhenTheParentIsKilled() throws Exception {
        // Given
        Process parent = ChildJvm.start(List.of(), DatabaseParent.class, directory.toString());
        ProcessHandle child;
        ProcessHandle postgres;
        try (var output = parent.inputReader()) {
            child = ProcessHandle.of(Long.parseLong(ChildJvm.awaitLine(output, "child")))
                    .orElseThrow();
            postgres = postmaster(directory.resolve("database"));
        }

        // When
        parent.destroyForcibly();

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive() && !postgres.isAlive());
    }

    @Test
    void aProgramThatKnowsNothingOfItEndsWithStatusZero() throws Exception {
        // Given
        Process child = ChildJvm.start(List.of(Lifeline.javaOption(directory)), Waiting.class);
        ChildJvm.awaitLine(child.inputReader(), "waiting");

        // When
        child.getOutputStream().close();

        // Then
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isZero();
    }

    @Test
    void aShutdownThatHangsIsCutOff() throws Exception {
        // Given
        Process child = ChildJvm.start(List.of(Lifeline.javaOption(directory)), Hanging.class);
        ChildJvm.awaitLine(child.inputReader(), "waiting");

        // When
        child.getOutputStream().close();

        // Then
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(75);
    }

    @Test
    void theJarHoldsTheAgentAlone() throws Exception {
        // Given
        Path jar = Lifeline.agentJar(directory);

        // When
        try (var opened = new JarFile(jar.toFile())) {

            // Then
            assertThat(opened.getManifest().getMainAttributes().getValue("Premain-Class"))
                    .isEqualTo("io.stemline.local.LifelineAgent");
            assertThat(opened.stream().map(entry -> entry.getName()))
                    .containsExactlyInAnyOrder("META-INF/MANIFEST.MF", "io/stemline/local/LifelineAgent.class");
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    static ProcessHandle postmaster(Path database) throws Exception {
        Path pidFile = database.resolve("cluster").resolve("postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
                .orElseThrow();
    }

    static final class Waiting {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("waiting now");
            new CountDownLatch(1).await();
        }
    }

    static final class Hanging {
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            Waiting.main(arguments);
        }
    }
}
