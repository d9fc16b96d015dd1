package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a small project of its own, with a JDK and a Maven that only say what they are asked to do. */
final class LauncherTest {

    private static final Path LAUNCHER =
            Path.of(System.getProperty("stemline.project-root")).resolve("stemline");

    @TempDir
    private Path folder;

    private Path project;
    private Path programs;
    private Path jdk;

    /** What the launcher printed, both streams together, and its exit code. */
    private record Launch(int exitCode, String text) {}

    @BeforeEach
    void project() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash to test the launcher with");
        project = Files.createDirectory(folder.resolve("a project"));
        Files.copy(LAUNCHER, project.resolve("stemline"));
        project.resolve("stemline").toFile().setExecutable(true);
        Files.writeString(
                project.resolve("pom.xml"), "<module>lower</module>\n<module>bench</module>\n<module>cli</module>\n");
        for (String module : List.of("lower", "bench", "cli")) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.writeString(project.resolve(module).resolve("src/main/Code.java"), "");
        }
        Files.writeString(project.resolve("lower/pom.xml"), "<artifactId>lower</artifactId>\n");
        Files.writeString(
                project.resolve("bench/pom.xml"), "<artifactId>bench</artifactId>\n<artifactId>lower</artifactId>\n");
        Files.writeString(
                project.resolve("cli/pom.xml"), "<artifactId>cli</artifactId>\n<artifactId>lower</artifactId>\n");
        programs = Files.createDirectory(folder.resolve("programs"));
        program(programs.resolve("mvn"), "echo \"mvn $*\"");
        jdk = jdk("25.0.1");
        allSourcesAreOld();
    }

    @Test
    void buildsWhatItNeedsOnceThenRunsTheCommandWhereItWasCalled() throws Exception {
        // When
        Launch first = launch("run", "two words");
        Launch second = launch("run", "two words");

        // Then
        assertThat(first.exitCode()).isZero();
        assertThat(first.text()).contains("building lower, cli ...");
        assertThat(built()).contains("-pl lower,cli -am package");
        assertThat(second.text()).doesNotContain("building");
        assertThat(second.text())
                .contains("-Dstemline.home=" + project, "io.stemline.cli.Stemline|run|two words|", "in " + folder);
    }

    @Test
    void aChangedSourceBuildsItsModuleAndThoseAboveIt() throws Exception {
        // Given
        launch("status");
        touch("lower/src/main/Code.java");

        // When
        Launch launch = launch("status");

        // Then
        assertThat(launch.text()).contains("building lower, cli ...");
    }

    @Test
    void aChangedSourceAboveLeavesTheModulesBelowAlone() throws Exception {
        // Given
        launch("status");
        touch("cli/src/main/Code.java");

        // When
        Launch launch = launch("status");

        // Then
        assertThat(launch.text()).contains("building cli ...");
    }

    @Test
    void aBuildThatFailsShowsWhyAndRunsNothing() throws Exception {
        // Given
        program(programs.resolve("mvn"), "echo 'Code.java:[1] is not Java'; exit 1");

        // When
        Launch launch = launch("status");

        // Then
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.text()).contains("Code.java:[1] is not Java", "the build failed");
        assertThat(launch.text()).doesNotContain("io.stemline.cli.Stemline");
        assertThat(launch("status").text()).contains("building lower, cli ...");
    }

    @Test
    void isFoundThroughLinks() throws Exception {
        // Given
        Path link = Files.createSymbolicLink(programs.resolve("first"), Path.of("../a project/stemline"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("second"), link);

        // When
        Launch launch = start(Map.of("JAVA_HOME", jdk.toString()), linkToLink.toString(), "status");

        // Then
        assertThat(launch.text()).contains("-Dstemline.home=" + project, "io.stemline.cli.Stemline|status|");
    }

    @Test
    void anOldJdkIsPassedOver() throws Exception {
        // Given
        Path old = jdk("17.0.2");
        Files.createSymbolicLink(programs.resolve("javac"), jdk.resolve("bin/javac"));

        // When
        Launch launch = start(
                Map.of("JAVA_HOME", old.toString()), project.resolve("stemline").toString(), "status");

        // Then
        assertThat(launch.exitCode()).isZero();
        assertThat(launch.text()).contains("io.stemline.cli.Stemline|status|", "java 25.0.1");
    }

    @Test
    void withoutUtf8FilesOfAnyNameCouldNotBeOpenedSoItIsTurnedOn() throws Exception {
        // When
        Launch launch = start(
                Map.of("JAVA_HOME", jdk.toString(), "LC_ALL", "C"),
                project.resolve("stemline").toString(),
                "status");

        // Then
        assertThat(launch.text()).containsPattern("locale (C|en_US).UTF-8");
    }

    @Test
    void testsEndWithTheirSum() throws Exception {
        // Given
        program(programs.resolve("mvn"), """
                echo "mvn $*"
                echo '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 1 s -- in ATest'
                echo '[WARNING] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1'
                echo '[INFO] Tests run: 40, Failures: 1, Errors: 2, Skipped: 0'
                exit 1
                """);

        // When
        Launch launch = launch("test", "-Dtest=ATest");

        // Then
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.text())
                .contains("mvn -B -ntp -T 2 verify -Dtest=ATest")
                .endsWith("42 tests run, 1 failed, 2 with errors, 1 skipped\n");
    }

    @Test
    void aNameAfterTestIsAModelToScore() throws Exception {
        // When
        Launch launch = launch("test", "my_model", "songs");

        // Then
        assertThat(launch.exitCode()).isZero();
        assertThat(launch.text()).contains("io.stemline.cli.Stemline|test|my_model|songs|");
    }

    @Test
    void buildsForGpusOnceAskedToAndKeepsToIt() throws Exception {
        // Given
        Files.writeString(
                project.resolve("lower/pom.xml"),
                "<artifactId>lower</artifactId>\n<artifactId>tensorflow-core-native</artifactId>\n");
        allSourcesAreOld();
        launch("status");

        // When
        Launch gpu = launch("build", "--gpu");
        String built = built();
        Launch again = launch("build");
        touch("cli/src/main/Code.java");
        launch("status");
        String rebuilt = built();
        Launch cpu = launch("build", "--cpu");

        // Then
        assertThat(gpu.exitCode()).isZero();
        assertThat(gpu.text()).contains("building lower, cli ...").doesNotContain("io.stemline.cli.Stemline");
        assertThat(built).contains("-Dstemline.gpu");
        assertThat(again.text()).isEmpty();
        assertThat(rebuilt).contains("-Dstemline.gpu", "-pl cli -am");
        assertThat(cpu.text()).contains("building lower, cli ...");
        assertThat(built()).doesNotContain("stemline.gpu");
    }

    @Test
    void aBuildOfAnotherKindIsWrongUse() throws Exception {
        // When
        Launch launch = launch("build", "--tpu");

        // Then
        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.text()).isEqualTo("stemline: build takes --gpu or --cpu, not '--tpu'\n");
    }

    private Launch launch(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(project.resolve("stemline").toString()));
        command.addAll(List.of(arguments));
        return start(Map.of("JAVA_HOME", jdk.toString()), command.toArray(String[]::new));
    }

    private Launch start(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Launch(process.exitValue(), text);
    }

    private String built() throws IOException {
        return Files.readString(project.resolve("target/build.log"));
    }

    private Path jdk(String version) throws IOException {
        Path home = folder.resolve("jdk-" + version);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/javac"), "exit 1");
        program(
                home.resolve("bin/java"),
                String.join(
                        "\n",
                        "printf '%s|' \"$@\"",
                        "echo",
                        "echo \"locale $LC_ALL\"",
                        "echo \"in $PWD\"",
                        "echo java " + version));
        return home;
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void allSourcesAreOld() throws IOException {
        try (var files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
            }
        }
    }

    /** A second later than now, as some file systems count in seconds. */
    private void touch(String file) throws IOException {
        Files.setLastModifiedTime(
                project.resolve(file), FileTime.from(Instant.now().plusSeconds(1)));
    }
}
