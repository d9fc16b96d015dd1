package io.stemline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.audio.ReadOptions;
import io.stemline.cli.bench.Measurement;
import io.stemline.modelimport.spleeter.SpleeterGraph;
import io.stemline.separation.engine.SeparationEngine;
import io.stemline.separation.engine.SeparationSettings;
import io.stemline.separation.engine.StemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One case of {@link BenchSeparateCommand}, in this process: prints its {@link Measurement} and nothing else. */
@Command(name = "one", hidden = true)
final class BenchOneCommand implements Callable<Integer> {

    private static final int SPLEETER_RATE_HZ = 44_100;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0")
    private Path mixture;

    @Parameters(index = "1")
    private Path output;

    @Option(names = "--tracks", defaultValue = "1")
    private int tracks;

    @Option(names = "--model")
    private Optional<String> modelId = Optional.empty();

    @Option(names = "--graph")
    private Optional<Path> graph = Optional.empty();

    @Option(names = "--checkpoint")
    private Optional<Path> checkpoint = Optional.empty();

    @Mixin
    private DataFolderOption dataFolder;

    @Override
    public Integer call() throws Exception {
        Measurement measurement = graph.isPresent() ? measureGraph() : measureModel(modelId.orElseThrow());
        spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(measurement));
        return Stemline.ALL_WELL;
    }

    private Measurement measureModel(String id) throws InterruptedException, ExecutionException {
        var models = new Models(Home.folder(), dataFolder.folder());
        try (var engine = SeparationEngine.open(SeparationSettings.defaults());
                var threads = Executors.newFixedThreadPool(tracks)) {
            models.find(id).ifPresent(engine::load);
            models.method(id).ifPresent(engine::add);
            double ready = Measurement.secondsSinceStart();
            double before = networkSeconds(engine, id);
            long start = System.nanoTime();
            var copies = new ArrayList<Future<Double>>();
            for (int track = 0; track < tracks; track++) {
                Path folder = output.resolve(Integer.toString(track));
                copies.add(threads.submit(() -> separate(engine, id, folder)));
            }
            double length = 0;
            for (var copy : copies) {
                length += copy.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Measurement(
                    id,
                    ready,
                    seconds,
                    length,
                    networkSeconds(engine, id) - before,
                    Measurement.peakBytesOfThisProcess());
        }
    }

    private double separate(SeparationEngine engine, String id, Path folder) {
        try (var source = AudioFiles.open(mixture);
                var files = new StemFiles(folder, Encoding.WAV_FLOAT)) {
            var result = engine.separate(id, source, files);
            files.publish();
            return (double) result.lengthFrames() / result.format().sampleRateHz();
        }
    }

    private static double networkSeconds(SeparationEngine engine, String id) {
        return engine.statistics(id).computing().toNanos() / 1e9;
    }

    private Measurement measureGraph() throws IOException {
        try (var spleeter = SpleeterGraph.load(graph.orElseThrow())) {
            spleeter.restore(checkpoint.orElseThrow());
            double ready = Measurement.secondsSinceStart();
            double length = 0;
            long inGraph = 0;
            long start = System.nanoTime();
            for (int track = 0; track < tracks; track++) {
                AudioBuffer whole = AudioFiles.readAll(
                        mixture,
                        ReadOptions.asIs().atSampleRate(SPLEETER_RATE_HZ).withChannels(2));
                long called = System.nanoTime();
                float[][][] stems = spleeter.separate(whole.samples());
                inGraph += System.nanoTime() - called;
                write(stems, Files.createDirectories(output.resolve(Integer.toString(track))));
                length += (double) whole.lengthFrames() / SPLEETER_RATE_HZ;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Measurement(
                    "Spleeter's graph, " + spleeter.stems() + " stems",
                    ready,
                    seconds,
                    length,
                    inGraph / 1e9,
                    Measurement.peakBytesOfThisProcess());
        }
    }

    private static void write(float[][][] stems, Path folder) {
        for (int stem = 0; stem < stems.length; stem++) {
            var buffer = new AudioBuffer(new AudioFormat(SPLEETER_RATE_HZ, 2), stems[stem]);
            AudioFiles.write(folder.resolve(stem + ".wav"), buffer, Encoding.WAV_FLOAT);
        }
    }
}
