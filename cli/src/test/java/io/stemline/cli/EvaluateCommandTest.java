package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.audio.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluateCommandTest {

    private static final AudioFormat FORMAT = new AudioFormat(8_000, 2);
    private static final int LENGTH_FRAMES = 24_000;
    private static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");
    private static final ObjectMapper STRICT = new ObjectMapper();
    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    @TempDir
    private Path folder;

    @Test
    void figuresOfFourStemsAreMusevals() throws IOException {
        // Given
        Path song = musevalSong();

        // When
        Cli cli = evaluateAsPublished(song, song.resolveSibling("guess"));

        // Then
        assertThat(cli.exitCode()).isZero();
        JsonNode expected = musevalFigures();
        assertFrames(expected.at("/cases/v4_four_sources"), STEMS, museval("song.json"));
        JsonNode track = scores().at("/tracks/0");
        for (int j = 0; j < STEMS.size(); j++) {
            double siSdr = expected.at("/si_sdr/no_mean_removal/" + j).asDouble();
            double ofMixture = expected.at("/si_sdr/mixture_as_estimate/" + j).asDouble();
            double snr = expected.at("/snr/" + j).asDouble();
            assertThat(score(track, STEMS.get(j), "SI-SDR").asDouble()).isCloseTo(siSdr, within(1e-4));
            assertThat(score(track, STEMS.get(j), "SI-SDRi").asDouble()).isCloseTo(siSdr - ofMixture, within(1e-4));
            assertThat(score(track, STEMS.get(j), "SNR").asDouble()).isCloseTo(snr, within(1e-4));
        }
    }

    @Test
    void figuresOfVocalsAndAccompanimentAreMusevals() throws IOException {
        // Given
        Path song = musevalSong();

        // When
        Cli cli = evaluateAsPublished(song, song.resolveSibling("guess"), "--targets", "vocals,accompaniment");

        // Then
        assertThat(cli.exitCode()).isZero();
        assertFrames(
                musevalFigures().at("/cases/v4_vocals_accompaniment"),
                List.of("vocals", "accompaniment"),
                museval("song.json"));
    }

    @Test
    void figuresOfVersion3AreMusevals() throws IOException {
        // Given
        Path song = musevalSong();

        // When
        Cli cli = evaluateAsPublished(
                song, song.resolveSibling("guess"), "--mode", "v3-images", "--window", "2", "--hop", "1", "--json");

        // Then
        assertThat(cli.exitCode()).isZero();
        assertFrames(musevalFigures().at("/cases/v3_images_framewise"), STEMS, museval("song.json"));
        assertThat(STRICT.readTree(cli.out()).at("/medians/drums/SDR").isNumber())
                .isTrue();
    }

    @Test
    void musevalItselfReadsTheScoresAndAggregatesThemAlike() throws Exception {
        // Given
        String python = System.getenv("MUSEVAL_PYTHON");
        Assumptions.assumeTrue(
                python != null,
                "SKIPPED: set MUSEVAL_PYTHON to a Python that has museval to check that museval reads our scores");
        collection("true/test/one", "guess/test/one", 1);
        collection("true/test/two", "guess/test/two", 2);
        evaluate(folder.resolve("true"), folder.resolve("guess"), "--targets", "vocals,drums,accompaniment");
        String script = """
                import sys, json, pathlib, museval, simplejson
                from jsonschema import validate
                out = pathlib.Path(sys.argv[1])
                schema = json.loads((pathlib.Path(museval.__file__).parent / "musdb.schema.json").read_text())
                for path in out.glob("test/*.json"):
                    text = path.read_text()
                    scores = simplejson.loads(text, use_decimal=True)
                    validate(json.loads(text), schema)
                    store = museval.TrackStore(path.stem)
                    store.scores = scores
                    assert store.json == text, "museval writes it otherwise"
                store = museval.EvalStore()
                store.add_eval_dir(str(out))
                medians = store.agg_frames_tracks_scores()
                print(json.dumps({f"{stem}/{metric}": value for (stem, metric), value in medians.items()}))
                """;

        // When
        Process process = new ProcessBuilder(
                        python,
                        "-W",
                        "ignore",
                        "-c",
                        script,
                        folder.resolve("out").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).as(said).isZero();
        JsonNode theirs =
                STRICT.readTree(said.lines().reduce((first, last) -> last).orElseThrow());
        JsonNode ours = scores().get("summary");
        assertThat(theirs.size()).isEqualTo(12);
        theirs.properties()
                .forEach(figure -> assertThat(ours.at("/" + figure.getKey()).asDouble())
                        .as(figure.getKey())
                        .isCloseTo(figure.getValue().asDouble(), within(1e-9)));
    }

    @Test
    void aCollectionInSubsetsIsScoredTrackByTrack() throws IOException {
        // Given a collection with two subsets, and estimates of some of its tracks
        collection("true/train/a, \"b\"", "guess/train/a, \"b\"", 1);
        collection("true/test/one", "guess/one", 2);
        collection("true/test/left out", "elsewhere/left out", 3);

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"), "--jobs", "2");

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out())
                .contains("median, dB", "vocals", "SI-SDRi", "2 tracks scored, none failed")
                .contains("no estimates, so not scored: test/left out");
        assertThat(museval("test/one.json").at("/targets").size()).isEqualTo(4);
        assertThat(museval("train/a, \"b\".json").at("/targets/0/frames").size())
                .isEqualTo(3);
        List<String> csv = Files.readAllLines(folder.resolve("out/scores.csv"));
        assertThat(csv.getFirst()).isEqualTo("subset,track,stem,metric,value");
        assertThat(csv).hasSize(1 + 2 * 4 * 10);
        assertThat(csv).anyMatch(line -> line.matches("train,\"a, \"\"b\"\"\",vocals,SDR,-?\\d+\\.\\d{6}"));
        assertThat(Files.readAllLines(folder.resolve("out/frames.csv"))).hasSize(1 + 2 * 4 * 4 * 3);
    }

    @Test
    void aRunAgainScoresOnlyWhatIsMissing() throws IOException {
        // Given
        collection("true/one", "guess/one", 1);
        collection("true/two", "guess/two", 2);
        collection("true/three", "guess/three", 3);
        evaluate(folder.resolve("true"), folder.resolve("guess"));
        String first = Files.readString(folder.resolve("out/one.json"));
        Files.delete(folder.resolve("out/two.json"));
        Files.writeString(
                folder.resolve("out/three.json"),
                Files.readString(folder.resolve("out/three.json")).substring(0, 100));

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"));

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.err()).contains("one: was scored before", "two: scored in", "three: scored in");
        assertThat(cli.out())
                .contains("3 tracks scored (1 of them before)")
                .contains("three.json: it is cut short or was changed, so its track is scored again");
        assertThat(folder.resolve("out/one.json")).hasContent(first);
        assertThat(museval("three.json").at("/targets").size()).isEqualTo(4);
        assertThat(scores().get("tracks").size()).isEqualTo(3);
    }

    @Test
    void aRecordThatIsNoTextIsNamedAndItsTrackIsScoredAgain() throws IOException {
        // Given
        collection("true/one", "guess/one", 1);
        evaluate(folder.resolve("true"), folder.resolve("guess"));
        byte[] likeUtf32 = {0, 0, 0, '{', 127, 127, 127, 127};
        Files.write(folder.resolve("out/.tracks/one.json"), likeUtf32);

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"));

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).contains("one.json: it is cut short or foreign, so its track is scored again");
        assertThat(cli.err()).contains("one: scored in");
    }

    @Test
    void estimatesThatChangedAreScoredAgain() throws IOException {
        // Given
        collection("true/one", "guess/one", 1);
        evaluate(folder.resolve("true"), folder.resolve("guess"));
        write(folder.resolve("guess/one/vocals.wav"), sound(99, 1, LENGTH_FRAMES + 8));

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"));

        // Then
        assertThat(cli.out()).contains("its audio has changed since, so it is scored again");
        assertThat(score(scores().at("/tracks/0"), "vocals", "SNR").asDouble()).isLessThan(0);
    }

    @Test
    void anotherRunsScoresAreNotMixedWith() throws IOException {
        // Given
        collection("true/one", "guess/one", 1);
        evaluate(folder.resolve("true"), folder.resolve("guess"));
        String before = Files.readString(folder.resolve("out/scores.json"));

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"), "--window", "2");

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err().lines())
                .containsExactly("stemline evaluate: " + folder.resolve("out")
                        + ": it holds scores of another run (windowSeconds: 1.0 there, 2.0 here);"
                        + " delete it, or choose another folder with -o");
        assertThat(folder.resolve("out/scores.json")).hasContent(before);
    }

    @Test
    void badTracksAreNamedAndTheOthersAreScored() throws IOException {
        // Given
        collection("true/good", "guess/good", 1);
        collection("true/rate", "guess/rate", 2);
        collection("true/mono", "guess/mono", 3);
        collection("true/nan", "guess/nan", 4);
        collection("true/empty", "guess/empty", 5);
        collection("true/text", "guess/text", 6);
        collection("true/short", "guess/short", 7);
        AudioFiles.write(
                folder.resolve("guess/rate/bass.wav"),
                new AudioBuffer(new AudioFormat(16_000, 2), sound(8, 1, 100)),
                Encoding.WAV_FLOAT);
        AudioFiles.write(
                folder.resolve("guess/mono/bass.wav"),
                new AudioBuffer(new AudioFormat(8_000, 1), new float[][] {sound(8, 1, 100)[0]}),
                Encoding.WAV_FLOAT);
        Path nan = folder.resolve("guess/nan/drums.wav");
        byte[] bytes = Files.readAllBytes(nan);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.POSITIVE_INFINITY);
        Files.write(nan, bytes);
        write(folder.resolve("true/empty/bass.wav"), new float[2][0]);
        Files.writeString(folder.resolve("guess/text/other.wav"), "not a sound");
        write(folder.resolve("true/short/other.wav"), sound(8, 1, 100));

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"));

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out())
                .contains("1 track scored, 6 failed")
                .contains("failed   rate: bass.wav has 16000 Hz and 2 channels, vocals.wav has 8000 Hz and 2 channels:")
                .contains("failed   mono: bass.wav has 8000 Hz and 1 channel, vocals.wav has 8000 Hz and 2 channels:")
                .contains("failed   nan: drums.wav has NaN or infinite samples and cannot be scored")
                .contains("failed   empty: bass.wav")
                .contains("failed   text: other.wav: not audio")
                .contains("failed   short: other.wav has 100 frames, vocals.wav has 24000:"
                        + " references must have the same length");
        JsonNode bad = scores().at("/tracks/0");
        assertThat(bad.get("name").asText()).isEqualTo("empty");
        assertThat(bad.get("failure").asText()).contains("bass.wav");
    }

    @Test
    void stemsOnOneSideOnlyAreNamedOnceForAllTracks() throws IOException {
        // Given
        for (String track : List.of("one", "two", "three")) {
            collection("true/" + track, "guess/" + track, track.hashCode());
            Files.delete(folder.resolve("guess/" + track + "/bass.wav"));
            write(folder.resolve("guess/" + track + "/piano.wav"), sound(5, 1, LENGTH_FRAMES));
        }

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"));

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out().lines().filter(line -> line.startsWith("warning")))
                .containsExactlyInAnyOrder(
                        "warning  bass: there is a reference but no estimate, so it is not scored"
                                + " (one and 2 tracks like it)",
                        "warning  piano: there is an estimate but no reference, so it is not scored"
                                + " (one and 2 tracks like it)");
        assertThat(museval("one.json").at("/targets").size()).isEqualTo(3);
    }

    @Test
    void accompanimentAmongTheEstimatesIsScoredAgainstTheSumOfTheOtherStems() throws IOException {
        // Given estimates of a model with two stems
        collection("true", "guess", 1);
        float[][] accompaniment = new float[2][LENGTH_FRAMES];
        for (String stem : List.of("drums", "bass", "other")) {
            add(
                    accompaniment,
                    AudioFiles.readAll(folder.resolve("true/" + stem + ".wav")).samples());
            Files.delete(folder.resolve("guess/" + stem + ".wav"));
        }
        write(folder.resolve("guess/accompaniment.wav"), accompaniment);

        // When
        Cli cli = evaluate(folder.resolve("true"), folder.resolve("guess"));

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).doesNotContain("warning");
        JsonNode targets = museval("true.json").get("targets");
        assertThat(targets.findValuesAsText("name")).containsExactly("vocals", "accompaniment");
        assertThat(score(scores().at("/tracks/0"), "accompaniment", "SNR").asDouble())
                .isGreaterThan(100);
    }

    @Test
    void stemFilesAreRoundedTo16BitAsMusevalReadsThem() throws Exception {
        // Given a stem file, and estimates that are its streams in 16 bit
        Assumptions.assumeTrue(hasFfmpeg(), "SKIPPED: there is no ffmpeg program that could make a .stem.mp4");
        collection("wav", "unused", 1);
        Path stemFile = folder.resolve("true/test/song.stem.mp4");
        makeStemFile(stemFile, folder.resolve("wav"));
        List<String> streams = List.of("drums", "bass", "other", "vocals");
        for (int stream = 1; stream <= streams.size(); stream++) {
            AudioBuffer decoded =
                    AudioFiles.readAll(stemFile, ReadOptions.asIs().ofStream(stream));
            Path estimate = folder.resolve("guess/test/song").resolve(streams.get(stream - 1) + ".wav");
            write(estimate, in16Bit(decoded.samples()), decoded.format());
        }

        // When
        Cli rounded = evaluate(folder.resolve("true"), folder.resolve("guess"));
        JsonNode inRounded = scores().at("/tracks/0");
        Cli single = Cli.run(
                "evaluate",
                stemFile,
                folder.resolve("guess/test/song"),
                "--no-round",
                "--filter-length",
                32,
                "-o",
                folder.resolve("single"));
        JsonNode inSingle =
                STRICT.readTree(folder.resolve("single/scores.json").toFile()).at("/tracks/0");

        // Then
        assertThat(rounded.exitCode()).isZero();
        assertThat(single.exitCode()).isZero();
        for (String stem : streams) {
            assertThat(score(inRounded, stem, "SNR").asText()).isEqualTo("Infinity");
            assertThat(score(inSingle, stem, "SNR").asDouble()).isBetween(60.0, 100.0);
        }
        assertThat(LENIENT.readTree(folder.resolve("out/test/song.json").toFile())
                        .at("/targets/0/frames/0/metrics/SDR")
                        .asDouble())
                .isNaN();
    }

    @Test
    void whatCannotBeEvaluatedAtAllIsWrongUse() throws IOException {
        // Given
        Path empty = Files.createDirectory(folder.resolve("empty"));
        collection("true/one", "guess/one", 1);
        Path truth = folder.resolve("true");

        // When, Then
        assertWrongUse(
                folder.resolve("nowhere") + ": there is no such file or folder", folder.resolve("nowhere"), truth);
        assertWrongUse(empty + ": there is no audio in it", empty, truth);
        assertWrongUse(empty + ": there are no estimates of one in it", truth, empty);
        assertWrongUse("--window must be a number of seconds above 0, and is 0", truth, truth, "--window", "0");
        assertWrongUse("--jobs must be at least 0, and is -1", truth, truth, "--jobs", "-1");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private void assertWrongUse(String sentence, Path references, Path estimates, Object... options) {
        Cli cli = evaluate(references, estimates, options);
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err().lines()).containsExactly("stemline evaluate: " + sentence);
    }

    /** Scores noise, which needs no long filters; short ones are quick. */
    private Cli evaluate(Path references, Path estimates, Object... options) {
        var quick = new ArrayList<Object>(List.of("--filter-length", 32));
        quick.addAll(Arrays.asList(options));
        return evaluateAsPublished(references, estimates, quick.toArray());
    }

    private Cli evaluateAsPublished(Path references, Path estimates, Object... options) {
        var arguments = new ArrayList<Object>(List.of("evaluate", references, estimates, "-o", folder.resolve("out")));
        arguments.addAll(Arrays.asList(options));
        return Cli.run(arguments.toArray());
    }

    private JsonNode museval(String file) throws IOException {
        return LENIENT.readTree(folder.resolve("out").resolve(file).toFile());
    }

    private JsonNode scores() throws IOException {
        return STRICT.readTree(folder.resolve("out/scores.json").toFile());
    }

    private static JsonNode score(JsonNode track, String stem, String metric) {
        for (JsonNode score : track.get("scores")) {
            if (score.get("stem").asText().equals(stem)
                    && score.get("metric").asText().equals(metric)) {
                return score.get("value");
            }
        }
        throw new AssertionError("no " + metric + " of " + stem);
    }

    /** The folder of true stems of the piece that museval scored; beside it, in {@code guess}, their estimates. */
    private Path musevalSong() throws IOException {
        Path song = Files.createDirectories(folder.resolve("song"));
        Path guess = Files.createDirectories(folder.resolve("guess"));
        for (String stem : STEMS) {
            Files.copy(reference("ref_" + stem + ".wav"), song.resolve(stem + ".wav"));
            Files.copy(reference("est_" + stem + ".wav"), guess.resolve(stem + ".wav"));
        }
        Files.copy(reference("mixture.wav"), song.resolve("mixture.wav"));
        return song;
    }

    private static JsonNode musevalFigures() throws IOException {
        return STRICT.readTree(reference("expected.json").toFile());
    }

    private static Path reference(String file) {
        Path path = Path.of(System.getProperty("stemline.reference-data"))
                .resolve("fixtures/bss-eval/museval")
                .resolve(file);
        Assumptions.assumeTrue(Files.exists(path), "SKIPPED: the reference data is not beside the checkout: " + path);
        return path;
    }

    private static void assertFrames(JsonNode expected, List<String> stems, JsonNode museval) {
        assertThat(museval.get("targets").findValuesAsText("name")).containsExactlyElementsOf(stems);
        for (String metric : List.of("SDR", "ISR", "SIR", "SAR")) {
            double tolerance = metric.equals("SDR") ? 1e-4 : 1e-3;
            for (int j = 0; j < stems.size(); j++) {
                JsonNode figures = expected.get(metric).get(j);
                JsonNode frames = museval.get("targets").get(j).get("frames");
                assertThat(frames.size()).isEqualTo(figures.size());
                for (int w = 0; w < figures.size(); w++) {
                    double found = frames.get(w).get("metrics").get(metric).asDouble();
                    String where = "%s of %s in window %d".formatted(metric, stems.get(j), w);
                    if (figures.get(w).isNull()) {
                        assertThat(found).as(where).isNaN();
                    } else {
                        assertThat(found).as(where).isCloseTo(figures.get(w).asDouble(), within(tolerance));
                    }
                }
            }
        }
    }

    /** A song of noise: its true stems with the mixture in one folder, in the other estimates that leak into each other. */
    private void collection(String truth, String guess, int seed) throws IOException {
        var mixture = new float[2][LENGTH_FRAMES];
        for (int j = 0; j < STEMS.size(); j++) {
            float[][] stem = sound(4L * seed + j, 0.1, LENGTH_FRAMES);
            add(mixture, stem);
            write(folder.resolve(truth).resolve(STEMS.get(j) + ".wav"), stem);
            float[][] estimate = sound(1_000 + 4L * seed + j, 0.02, LENGTH_FRAMES);
            add(estimate, stem);
            write(folder.resolve(guess).resolve(STEMS.get(j) + ".wav"), estimate);
        }
        write(folder.resolve(truth).resolve("mixture.wav"), mixture);
    }

    private static float[][] sound(long seed, double level, int lengthFrames) {
        var random = new SplittableRandom(seed);
        var samples = new float[2][lengthFrames];
        for (float[] channel : samples) {
            for (int n = 0; n < lengthFrames; n++) {
                channel[n] = (float) (level * random.nextGaussian());
            }
        }
        return samples;
    }

    private static void add(float[][] sum, float[][] signal) {
        for (int c = 0; c < sum.length; c++) {
            for (int n = 0; n < sum[c].length; n++) {
                sum[c][n] += signal[c][n];
            }
        }
    }

    private static float[][] in16Bit(float[][] samples) {
        var rounded = new float[samples.length][samples[0].length];
        for (int c = 0; c < samples.length; c++) {
            for (int n = 0; n < samples[c].length; n++) {
                rounded[c][n] = (float) (Math.clamp(Math.rint(samples[c][n] * 32768.0), -32768, 32767) / 32768);
            }
        }
        return rounded;
    }

    private static void write(Path file, float[][] samples) throws IOException {
        write(file, samples, FORMAT);
    }

    private static void write(Path file, float[][] samples, AudioFormat format) throws IOException {
        Files.createDirectories(file.getParent());
        AudioFiles.write(file, new AudioBuffer(format, samples), Encoding.WAV_FLOAT);
    }

    private static boolean hasFfmpeg() throws InterruptedException {
        try {
            return new ProcessBuilder("ffmpeg", "-version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void makeStemFile(Path file, Path stems) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error"));
        List<String> streams = List.of("mixture", "drums", "bass", "other", "vocals");
        streams.forEach(stem ->
                command.addAll(List.of("-i", stems.resolve(stem + ".wav").toString())));
        for (int stream = 0; stream < streams.size(); stream++) {
            command.addAll(List.of("-map", Integer.toString(stream)));
        }
        command.addAll(List.of("-c:a", "aac", file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
