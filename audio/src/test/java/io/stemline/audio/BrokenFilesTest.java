package io.stemline.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken files by the thousand: each gives sound, or an exception with a sentence that names the file, in little time and memory.
 *
 * <p>The usual run takes every {@value #USUAL_SHARE}th kind; {@code -Dstemline.broken-files=all} takes them all. A file that brings the
 * whole process down is left in {@code target/broken-files}.
 */
class BrokenFilesTest {

    private static final int USUAL_SHARE = 8;
    private static final int SEEDS = 4;
    private static final boolean ALL =
            System.getProperty("stemline.broken-files", "").equals("all");
    private static final int TIME_LIMIT_SECONDS = 20;
    private static final long MEMORY_LIMIT_BYTES = 1L << 30;
    private static final DecodingLimits LIMITS =
            new DecodingLimits(Duration.ofMinutes(2), 64, 1_000, 768_000, Duration.ofSeconds(10), 1L << 30, false);
    private static final int BOMB_SECONDS = 3 * 3600;
    private static final int FRAMES_AT_ONCE = 4096;

    @TempDir
    Path folder;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();

    /** One broken file. */
    private record Kind(String name, Callable<byte[]> content) {}

    @Test
    void brokenFilesGiveSoundOrASentence() throws Exception {
        // Given
        List<Kind> kinds = kinds();
        Path kept = Files.createDirectories(Path.of("target", "broken-files"));
        long before = Pointer.physicalBytes();

        // When
        for (Kind kind : kinds) {
            byte[] content = kind.content().call();
            Path file = Files.write(kept.resolve(kind.name()), content);
            examine(file);
            Files.delete(file);
        }

        // Then
        long grown = Pointer.physicalBytes() - before;
        System.out.printf("%d kinds of broken files: %s; grown by %d MB%n", kinds.size(), outcomes, grown >> 20);
        assertThat(findings).isEmpty();
        assertThat(kinds.size()).isGreaterThan(ALL ? 1_000 : 100);
        assertThat(outcomes.get("sound")).isPositive();
        assertThat(outcomes.get("DecodingLimitException")).isPositive();
        assertThat(outcomes.get("NotAudioException")).isPositive();
        assertThat(grown).isLessThan(MEMORY_LIMIT_BYTES);
    }

    private List<Kind> kinds() throws IOException, InterruptedException {
        Map<String, byte[]> intact = IntactFiles.in(folder);
        List<byte[]> others = List.copyOf(intact.values());
        List<Kind> kinds = new ArrayList<>();
        intact.forEach((name, bytes) -> {
            for (Damage damage : Damage.values()) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    SplittableRandom random = new SplittableRandom(31L * (name + damage).hashCode() + seed);
                    kinds.add(new Kind(
                            damage.name().toLowerCase(Locale.ROOT) + "-" + seed + "-" + name,
                            () -> damage.done(bytes, others.get(random.nextInt(others.size())), random)));
                }
            }
        });
        MadeUpFiles.all(BOMB_SECONDS).forEach((name, bytes) -> kinds.add(new Kind(name, () -> bytes)));
        Collections.shuffle(kinds, new Random(1));
        return ALL ? kinds : kinds.subList(0, kinds.size() / USUAL_SHARE);
    }

    private void examine(Path file) throws InterruptedException {
        FutureTask<String> task = new FutureTask<>(() -> outcome(file));
        Thread.ofPlatform().daemon().start(task);
        String outcome;
        try {
            outcome = task.get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            outcome = "hangs";
            findings.add(file.getFileName() + ": took more than " + TIME_LIMIT_SECONDS + " s");
        } catch (ExecutionException e) {
            outcome = "without a sentence";
            findings.add(file.getFileName() + ": " + e.getCause() + " at "
                    + e.getCause().getStackTrace()[0]);
        }
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private static String outcome(Path file) {
        String converted = refusalOrSound(
                file,
                () -> lengthByReading(
                        file,
                        ReadOptions.asIs().within(LIMITS).atSampleRate(48_000).withChannels(2)));
        long[] lengths = new long[2];
        String probed = refusalOrSound(
                file, () -> lengths[0] = AudioFiles.probe(file, LIMITS).lengthFrames());
        String read = refusalOrSound(
                file,
                () -> lengths[1] = lengthByReading(file, ReadOptions.asIs().within(LIMITS)));
        if (!probed.equals(read) || lengths[0] != lengths[1]) {
            throw new IllegalStateException("probing gives %s, %d frames; reading %s, %d frames"
                    .formatted(probed, lengths[0], read, lengths[1]));
        }
        return converted.equals(read) ? read : read + ", then " + converted;
    }

    private static String refusalOrSound(Path file, Callable<Long> work) {
        try {
            return work.call() == 0 ? "no frames" : "sound";
        } catch (AudioException e) {
            assertThat(e).hasMessageStartingWith(file.getFileName() + ": ");
            assertThat(e.getMessage().length())
                    .isGreaterThan(file.getFileName().toString().length() + 12);
            return e.getClass().getSimpleName();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long lengthByReading(Path file, ReadOptions options) {
        try (AudioSource source = AudioFiles.open(file, options)) {
            float[][] block = new float[source.format().channels()][FRAMES_AT_ONCE];
            long length = 0;
            for (int read = source.read(block, 0, FRAMES_AT_ONCE);
                    read > 0;
                    read = source.read(block, 0, FRAMES_AT_ONCE)) {
                length += read;
            }
            return length;
        }
    }
}
