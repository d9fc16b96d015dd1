package io.stemline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFreeChecksTest {
    private static final int LENGTH_FRAMES = 3 * Sounds.SAMPLE_RATE_HZ;

    private final float[][] vocals = Sounds.noise(1, LENGTH_FRAMES, 0.1);
    private final float[][] other = Sounds.noise(2, LENGTH_FRAMES, 0.2);

    @TempDir
    Path folder;

    @Test
    void aGoodSeparationPassesAll() {
        // Given
        StemFile mixture = Sounds.file(folder, "mixture", Sounds.sum(vocals, other));
        List<StemFile> stems = List.of(Sounds.file(folder, "vocals", vocals), Sounds.file(folder, "other", other));

        // When
        List<Check> checks = ReferenceFreeChecks.of(mixture, stems, true);

        // Then
        assertThat(checks).allMatch(Check::passed);
        assertThat(checks)
                .extracting(Check::name)
                .containsExactly(
                        Check.SAME_SHAPE,
                        Check.STEMS_ADD_UP,
                        Check.STEMS_SOUND,
                        Check.NO_CLIPPING,
                        Check.ENERGY_SHARES);
        assertThat(named(checks, Check.ENERGY_SHARES).detail())
                .matches("vocals (19|20)\\.\\d %, other (79|80)\\.\\d %");
    }

    @Test
    void stemsThatDoNotAddUpAreFound() {
        // Given
        float[][] mixed = Sounds.sum(vocals, other);
        mixed[1][LENGTH_FRAMES - 1] += 0.001f;
        StemFile mixture = Sounds.file(folder, "mixture", mixed);
        List<StemFile> stems = List.of(Sounds.file(folder, "vocals", vocals), Sounds.file(folder, "other", other));

        // When
        Check check = named(ReferenceFreeChecks.of(mixture, stems, true), Check.STEMS_ADD_UP);

        // Then
        assertThat(check.passed()).isFalse();
        assertThat(check.detail()).isEqualTo("largest difference -60.0 dB of full scale");
    }

    @Test
    void lossyStemsAreNotExpectedToAddUp() {
        // Given
        StemFile mixture = Sounds.file(folder, "mixture", Sounds.sum(vocals, other));
        List<StemFile> stems = List.of(Sounds.file(folder, "vocals", vocals), Sounds.file(folder, "other", vocals));

        // When
        List<Check> checks = ReferenceFreeChecks.of(mixture, stems, false);

        // Then
        assertThat(checks).extracting(Check::name).doesNotContain(Check.STEMS_ADD_UP);
    }

    @Test
    void aStemThatIsTooShortIsFound() {
        // Given
        StemFile mixture = Sounds.file(folder, "mixture", vocals);
        List<StemFile> stems = List.of(Sounds.file(folder, "vocals", Sounds.noise(1, LENGTH_FRAMES - 1, 0.1)));

        // When
        Check check = named(ReferenceFreeChecks.of(mixture, stems, true), Check.SAME_SHAPE);

        // Then
        assertThat(check.passed()).isFalse();
        assertThat(check.detail()).isEqualTo("vocals has 23999 frames, the mixture 24000");
    }

    @Test
    void aStemOfAnotherSampleRateIsFound() {
        // Given
        StemFile mixture = Sounds.file(folder, "mixture", vocals);
        List<StemFile> stems = List.of(Sounds.file(folder, "vocals", vocals, 16000));

        // When
        Check check = named(ReferenceFreeChecks.of(mixture, stems, true), Check.SAME_SHAPE);

        // Then
        assertThat(check.passed()).isFalse();
        assertThat(check.detail()).isEqualTo("vocals has 16000 Hz and 2 channels, the mixture 8000 Hz and 2");
    }

    @Test
    void oneSilentStemMayBeRight() {
        // Given
        StemFile mixture = Sounds.file(folder, "mixture", Sounds.sum(vocals, other));
        List<StemFile> stems = List.of(
                Sounds.file(folder, "vocals", vocals),
                Sounds.file(folder, "other", other),
                Sounds.file(folder, "drums", Sounds.silence(LENGTH_FRAMES)));

        // When
        Check check = named(ReferenceFreeChecks.of(mixture, stems, true), Check.STEMS_SOUND);

        // Then
        assertThat(check.passed()).isTrue();
        assertThat(check.detail()).isEqualTo("silent: drums");
    }

    @Test
    void allSoundInOneStemIsNoSeparation() {
        // Given
        StemFile mixture = Sounds.file(folder, "mixture", other);
        List<StemFile> stems = List.of(
                Sounds.file(folder, "vocals", Sounds.silence(LENGTH_FRAMES)), Sounds.file(folder, "other", other));

        // When
        Check check = named(ReferenceFreeChecks.of(mixture, stems, true), Check.STEMS_SOUND);

        // Then
        assertThat(check.passed()).isFalse();
    }

    @Test
    void silenceInIsSilenceOut() {
        // Given
        StemFile mixture = Sounds.file(folder, "mixture", Sounds.silence(LENGTH_FRAMES));
        List<StemFile> stems = List.of(
                Sounds.file(folder, "vocals", Sounds.silence(LENGTH_FRAMES)),
                Sounds.file(folder, "other", Sounds.silence(LENGTH_FRAMES)));

        // When
        List<Check> checks = ReferenceFreeChecks.of(mixture, stems, true);

        // Then
        assertThat(checks).allMatch(Check::passed);
        assertThat(named(checks, Check.STEMS_SOUND).detail()).isEqualTo("the mixture is silent");
    }

    @Test
    void aStemThatClipsWhereTheMixtureDoesNotIsFound() {
        // Given
        float[][] loud = Sounds.scaled(vocals, 15);
        StemFile mixture = Sounds.file(folder, "mixture", vocals);
        List<StemFile> stems =
                List.of(Sounds.file(folder, "vocals", loud), Sounds.file(folder, "other", Sounds.scaled(vocals, -14)));

        // When
        List<Check> checks = ReferenceFreeChecks.of(mixture, stems, true);

        // Then
        assertThat(named(checks, Check.NO_CLIPPING).passed()).isFalse();
        assertThat(named(checks, Check.ENERGY_SHARES).passed()).isFalse();
    }

    private static Check named(List<Check> checks, String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
