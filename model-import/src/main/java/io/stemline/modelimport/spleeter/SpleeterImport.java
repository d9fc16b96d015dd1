package io.stemline.modelimport.spleeter;

import io.stemline.modelimport.Admission;
import io.stemline.modelimport.archive.TarGz;
import io.stemline.separation.model.MaskExtension;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StftLayout;
import io.stemline.separation.tensorflow.DeviceName;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Makes a package of one of Spleeter's checkpoints:
 *
 * <ol>
 *   <li>an archive is unpacked to a temporary folder ({@link TarGz} refuses what is dangerous);
 *   <li>the weights are read from the checkpoint, which also tells how many stems it has ({@link SpleeterCheckpoint}
 *       refuses what is not Spleeter's);
 *   <li>our own network is built with them ({@link SpleeterNetwork});
 *   <li>the package is admitted among the models ({@link Admission}) after a trial run.
 * </ol>
 *
 * <p>What fails leaves nothing behind. All of it runs on the processor. The package frames a track as Spleeter does, so that the network sees the very
 * same segments: frames begin a window before the track, segments do not overlap, and the frequencies above those that the
 * network sees belong to no stem.
 */
public final class SpleeterImport {

    private static final int WINDOW = 4096;
    private static final int HOP = 1024;
    private static final int CHECKPOINT_DEPTH = 3;

    /**
     * What the person who imports wants.
     *
     * @param id of the package; empty for {@code spleeter-4stems} and the like
     * @param licence of the weights
     * @param bins that the network sees: {@link SpleeterModel#BINS} or {@link SpleeterModel#BINS_16_KHZ}
     */
    public record Wishes(Optional<String> id, String licence, int bins) {

        /** Spleeter's usual settings, and the licence of its released weights. */
        public static final Wishes NONE = new Wishes(Optional.empty(), "MIT", SpleeterModel.BINS);

        public Wishes {
            if (bins != SpleeterModel.BINS && bins != SpleeterModel.BINS_16_KHZ) {
                throw new IllegalArgumentException("'bins' must be 1024 or 1536, and is " + bins);
            }
        }

        public Wishes withId(String id) {
            return new Wishes(Optional.of(id), licence, bins);
        }

        public Wishes withLicence(String licence) {
            return new Wishes(id, licence, bins);
        }

        public Wishes withBins(int bins) {
            return new Wishes(id, licence, bins);
        }
    }

    private final Path models;

    /**
     * @param models the folder of models, made if need be
     */
    public SpleeterImport(Path models) {
        this.models = models;
    }

    /**
     * Refuses an id that is taken, before anything is fetched.
     *
     * @throws ModelException if there is a model of that id
     */
    public void requireFree(SpleeterModel model, Wishes wishes) {
        new Admission(models).requireFree(idOf(model, wishes));
    }

    private static String idOf(SpleeterModel model, Wishes wishes) {
        boolean wide = wishes.bins() == SpleeterModel.BINS_16_KHZ;
        return wishes.id().orElse("spleeter-" + model.title() + (wide ? "-16khz" : ""));
    }

    /**
     * Imports a checkpoint.
     *
     * @param source its folder, or a {@code .tar.gz} archive of it
     * @throws ModelException if it is none of Spleeter's checkpoints, or the package cannot be written
     */
    public ModelPackage run(Path source, Wishes wishes) {
        wishes.id().ifPresent(new Admission(models)::requireFree);
        // Before anything else touches TensorFlow, which would come up with its own ideas of logs and devices.
        TensorFlowRuntime.start(DeviceName.CPU, 0);
        if (Files.isDirectory(source)) {
            return ofFolder(source, source, Optional.empty(), wishes);
        }
        if (!Files.isRegularFile(source)) {
            throw new ModelException(source + ": neither a folder with a checkpoint nor an archive of one");
        }
        return inTemporaryFolder(folder -> {
            TarGz.unpack(source, folder);
            return ofFolder(source, folder, Optional.of(sha256(source)), wishes);
        });
    }

    private ModelPackage ofFolder(Path source, Path folder, Optional<String> archiveHash, Wishes wishes) {
        var checkpoint = SpleeterCheckpoint.in(folderOfCheckpoint(folder, source));
        var card = card(checkpoint.model(), source, archiveHash, wishes);
        var admission = new Admission(models);
        admission.requireFree(card.id());
        return inTemporaryFolder(savedModel -> {
            SpleeterSavedModel.write(checkpoint.model(), wishes.bins(), checkpoint.weights(), savedModel);
            return admission.admit(card, savedModel, text(card));
        });
    }

    /** Archives may hold a folder with the checkpoint instead of the checkpoint. */
    private static Path folderOfCheckpoint(Path folder, Path source) {
        try (var files = Files.find(
                folder,
                CHECKPOINT_DEPTH,
                (file, attributes) -> attributes.isRegularFile() && Checkpoint.isIndex(file))) {
            var folders = files.map(Path::getParent).distinct().toList();
            return folders.size() == 1 ? folders.getFirst() : folder;
        } catch (IOException e) {
            throw new ModelException(source + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static ModelCard card(SpleeterModel model, Path source, Optional<String> archiveHash, Wishes wishes) {
        boolean wide = wishes.bins() == SpleeterModel.BINS_16_KHZ;
        var release = archiveHash.flatMap(SpleeterRelease::withHash);
        return ModelCard.builder(idOf(model, wishes))
                .name("Spleeter, " + model.stems().size() + " stems" + (wide ? ", 16 kHz" : ""))
                .description("Spleeter's U-Nets for " + String.join(", ", model.stems())
                        + ", one a stem, imported from a TensorFlow checkpoint.")
                .stems(model.stems())
                .spectrogram(
                        new StftLayout(WINDOW, HOP, "hann", WINDOW, wishes.bins())
                                .withLeadSamples(SpleeterGraph.LEAD_SAMPLES),
                        OutputKind.MAGNITUDE,
                        SpleeterSavedModel.INPUT,
                        SpleeterSavedModel.OUTPUT)
                .segment(SpleeterSavedModel.FRAMES, 0)
                .maskExtension(MaskExtension.ZEROS)
                .licence(wishes.licence())
                .origin(origin(model, source, archiveHash, release))
                .build();
    }

    private static Origin origin(
            SpleeterModel model, Path source, Optional<String> archiveHash, Optional<SpleeterRelease> release) {
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("format", "Spleeter checkpoint");
        configuration.put("model", model.title());
        archiveHash.ifPresent(hash -> configuration.put("archiveSha256", hash));
        return new Origin(
                Origin.Kind.IMPORTED,
                configuration,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(release.map(found -> found.address().toString())
                        .orElse(String.valueOf(
                                source.toAbsolutePath().normalize().getFileName()))));
    }

    private static String text(ModelCard card) {
        var stft = card.stft().orElseThrow();
        return """
                # %s

                %s
                From: %s. Licence of the weights: %s.

                The weights are Spleeter's, the graph is Stemline's own: it computes the same stems in less time. Read
                "Spleeter: a fast and efficient music source separation tool with pre-trained models" (R. Hennequin,
                A. Khlif, F. Voituret, M. Moussallam, Journal of Open Source Software, 2020) for how they were trained.

                ## What it does
                Magnitudes of the lowest %d bins of a transform of %d samples every %d (up to %d Hz), in segments of %d
                frames without overlap, the first frame %d samples before the track. Each stem's mask is its squared
                magnitude over the sum of all; above these bins it is zero. Hence the stems lack what the mixture has up
                there, and do not add up to it.
                """.formatted(
                        card.name(),
                        card.description(),
                        card.origin().source().orElseThrow(),
                        card.licence(),
                        stft.bins(),
                        stft.windowLength(),
                        stft.hopLength(),
                        Math.round((double) stft.bins() * card.sampleRateHz() / stft.fftLength()),
                        card.segment().frames(),
                        stft.leadSamples().orElseThrow());
    }

    private interface Work {
        ModelPackage in(Path folder) throws IOException;
    }

    private static ModelPackage inTemporaryFolder(Work work) {
        try {
            var folder = Files.createTempDirectory("stemline-import-");
            try {
                return work.in(folder);
            } finally {
                Admission.delete(folder);
            }
        } catch (IOException e) {
            throw new ModelException("a temporary folder cannot be written (" + e + ")", e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(input);
        }
    }
}
