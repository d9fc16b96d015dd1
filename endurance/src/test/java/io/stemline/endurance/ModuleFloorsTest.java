package io.stemline.endurance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may stand on which, and what each may know; the floors of the house. The last module of a build sees all of them compiled. */
final class ModuleFloorsTest {

    private static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));

    /** What a module may stand on, all of it named. */
    private static final Map<String, Set<String>> FLOORS = new TreeMap<>(Map.ofEntries(
            Map.entry("schemas", Set.of()),
            Map.entry("fft", Set.of()),
            Map.entry("audio", Set.of("fft")),
            Map.entry("bss-eval", Set.of("fft")),
            Map.entry("statistics", Set.of()),
            Map.entry("reports", Set.of("statistics")),
            Map.entry("bench", Set.of("bss-eval", "fft", "reports", "local-stack")),
            Map.entry("evaluation", Set.of("audio", "bss-eval")),
            Map.entry("separation", Set.of("audio")),
            Map.entry("model-import", Set.of("separation", "audio")),
            Map.entry("training", Set.of("separation", "audio", "bss-eval", "evaluation")),
            Map.entry("pipeline", Set.of("schemas")),
            Map.entry("s3-store", Set.of("pipeline")),
            Map.entry("registry", Set.of("pipeline", "schemas")),
            Map.entry("local-stack", Set.of()),
            Map.entry("service-runtime", Set.of("pipeline", "schemas", "s3-store", "audio")),
            Map.entry("service-testing", Set.of("pipeline", "schemas", "local-stack", "s3-store")),
            Map.entry(
                    "ingest-service", Set.of("service-runtime", "registry", "pipeline", "schemas", "audio", "reports")),
            Map.entry(
                    "separator-service",
                    Set.of("service-runtime", "registry", "pipeline", "schemas", "audio", "separation")),
            Map.entry(
                    "evaluator-service",
                    Set.of(
                            "service-runtime",
                            "registry",
                            "pipeline",
                            "schemas",
                            "audio",
                            "bss-eval",
                            "statistics",
                            "evaluation")),
            Map.entry(
                    "trainer-service",
                    Set.of(
                            "service-runtime",
                            "pipeline",
                            "schemas",
                            "registry",
                            "statistics",
                            "separation",
                            "training")),
            Map.entry(
                    "cli",
                    Set.of(
                            "schemas",
                            "audio",
                            "bss-eval",
                            "evaluation",
                            "statistics",
                            "reports",
                            "separation",
                            "model-import",
                            "training",
                            "local-stack")),
            Map.entry("endurance", Set.of("cli", "local-stack", "schemas", "audio", "reports"))));

    private static final List<String> LIBRARIES = List.of(
            "schemas",
            "fft",
            "audio",
            "bss-eval",
            "statistics",
            "reports",
            "evaluation",
            "separation",
            "model-import",
            "training",
            "pipeline",
            "s3-store",
            "registry",
            "local-stack");

    private static JavaClasses classes;

    @BeforeAll
    static void readAllModules() {
        List<Path> compiled = FLOORS.keySet().stream()
                .map(module -> PROJECT.resolve(module).resolve(Path.of("target", "classes")))
                .filter(Files::isDirectory)
                .toList();
        classes = new ClassFileImporter().importPaths(compiled);
    }

    @Test
    void everyModuleIsCompiledAndHasItsFloor() throws Exception {
        // Given
        List<String> modules = new ArrayList<>();
        for (String line : Files.readAllLines(PROJECT.resolve("pom.xml"))) {
            if (line.strip().startsWith("<module>")) {
                modules.add(line.strip().replaceAll("</?module>", ""));
            }
        }
        modules.removeIf(module -> !Files.isDirectory(PROJECT.resolve(module).resolve("src/main/java")));

        // When
        List<String> without = modules.stream()
                .filter(module -> classes.stream().noneMatch(in(module)))
                .toList();

        // Then
        assertThat(without).as("modules without compiled classes").isEmpty();
        assertThat(FLOORS).containsOnlyKeys(modules);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleStandsOnNothingButItsFloors(String module) {
        // Given
        List<String> forbidden = FLOORS.keySet().stream()
                .filter(other -> !other.equals(module) && !FLOORS.get(module).contains(other))
                .toList();

        // When
        var rule = noClasses()
                .that(in(module))
                .should()
                .dependOnClassesThat(inAny(forbidden))
                .because(module + " stands on " + FLOORS.get(module) + " alone");

        // Then
        rule.allowEmptyShould(false).check(classes);
    }

    /**
     * The resources of a REST interface are left out: they open what other packages do. The package with FFmpeg is the inside
     * of the package with the types that it reads and writes. An event that cannot be read is a failure that the queue knows.
     */
    @ParameterizedTest
    @MethodSource("modules")
    void packagesOfAModuleDoNotGoInCircles(String module) {
        // Given
        var own = classes.that(in(module)).that(not(simpleNameEndingWith("Resource")));

        // When
        var rule = slices().matching("io.stemline.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAPackage("io.stemline.audio.ffmpeg"), resideInAPackage("io.stemline.audio"))
                .ignoreDependency(simpleName("EventReader"), simpleName("PermanentFailure"));

        // Then
        rule.check(own);
    }

    static Stream<String> modules() {
        return FLOORS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void librariesNeverSeeQuarkus(String library) {
        // When
        var rule = noClasses()
                .that(in(library))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta.ws.rs..", "jakarta.enterprise..", "jakarta.inject..");

        // Then
        rule.check(classes);
    }

    static Stream<String> libraries() {
        return LIBRARIES.stream();
    }

    private static DescribedPredicate<JavaClass> in(String module) {
        return inAny(List.of(module));
    }

    private static DescribedPredicate<JavaClass> inAny(List<String> modules) {
        return DescribedPredicate.describe(
                "are in " + String.join(", ", modules),
                type -> type.getSource()
                        .map(source -> source.getUri())
                        .filter(uri -> modules.stream().anyMatch(module -> isBelow(uri, module)))
                        .isPresent());
    }

    private static boolean isBelow(URI uri, String module) {
        return uri.getPath() != null
                && uri.getPath()
                        .startsWith(PROJECT.resolve(module)
                                        .resolve("target")
                                        .toAbsolutePath()
                                        .normalize()
                                + "/");
    }
}
