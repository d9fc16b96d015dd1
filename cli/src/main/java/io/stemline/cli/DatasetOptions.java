package io.stemline.cli;

import io.stemline.training.datasets.DatasetSettings;
import io.stemline.training.datasets.GeneratedSongs;
import io.stemline.training.songs.SongGenerator;
import io.stemline.training.songs.SoundFonts;
import io.stemline.training.songs.Speech;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the examples of a model come from. */
final class DatasetOptions {
    private static final int SECONDS_AT_LEAST = 2;

    @Option(
            names = "--sound-font",
            paramLabel = "FILE",
            description = "A SoundFont 2 file whose recorded instruments generated songs may use; can be repeated.")
    private List<Path> soundFonts = List.of();

    @Option(
            names = "--speech",
            paramLabel = "DIR",
            description = "A folder of speech as WAV files whose voices singers of generated songs may borrow.")
    private Optional<Path> speech = Optional.empty();

    @Option(
            names = "--song-seconds",
            paramLabel = "S",
            defaultValue = "12",
            description = "How long generated songs are (default: ${DEFAULT-VALUE}).")
    private int songSeconds;

    @Option(
            names = "--audio-root",
            paramLabel = "DIR",
            description = "Where the paths in a CSV file start from (default: the file's own folder).")
    private Optional<Path> audioRoot = Optional.empty();

    @Option(
            names = "--validation-share",
            paramLabel = "SHARE",
            defaultValue = "0.125",
            description = "Share of the training tracks that validate, where the data set has none for it "
                    + "(default: ${DEFAULT-VALUE}).")
    private double validationShare;

    DatasetSettings settings() {
        if (songSeconds < SECONDS_AT_LEAST) {
            throw CommandFailure.wrongUse(
                    "--song-seconds must be %d or more, and is %d".formatted(SECONDS_AT_LEAST, songSeconds));
        }
        SoundFonts fonts = soundFonts.isEmpty() ? SoundFonts.none() : SoundFonts.open(soundFonts);
        var songs = new DatasetSettings.Songs(
                new SongGenerator(fonts, speech.map(Speech::open).orElseGet(Speech::none)),
                Duration.ofSeconds(songSeconds),
                GeneratedSongs.Seeds.standard());
        DatasetSettings settings = DatasetSettings.standard().withSongs(songs).withValidationShare(validationShare);
        return audioRoot.map(settings::withAudioRoot).orElse(settings);
    }
}
