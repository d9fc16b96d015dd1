package io.stemline.trainer.runs;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.events.ContentIds;
import io.stemline.events.RetrainingRequested;
import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Split;
import io.stemline.separation.model.ModelCard;
import io.stemline.trainer.ModelPackages;
import io.stemline.trainer.ReferencedTracks;
import io.stemline.trainer.ReferencedTracks.ReferencedTrack;
import io.stemline.trainer.ReferencedTracks.TrueStem;
import io.stemline.trainer.TrainerConfig;
import io.stemline.trainer.runs.Run.State;
import io.stemline.training.folder.ConfigurationException;
import io.stemline.training.folder.Configurations;
import io.stemline.training.session.Blueprint;
import io.stemline.training.session.ParentModel;
import io.stemline.training.trainer.TrainingConfiguration;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/**
 * Fixes what a run is: its network and settings, its seed, and the very files that it learns from. From then on the run is the same
 * wherever and however often it is taken up.
 */
@Singleton
final class RunPlan {
    private static final Configurations<TrainingConfiguration> CONFIGURATIONS =
            Configurations.of(TrainingConfiguration.class);
    private static final int HASH_DIGITS_IN_ID = 6;
    private static final String GENERATION = "-\\d{8}-[0-9a-f]{" + HASH_DIGITS_IN_ID + "}$";

    private final Jdbi database;
    private final ObjectStore store;
    private final ReferencedTracks tracks;
    private final ModelPackages packages;
    private final ObjectMapper json;
    private final TrainerConfig config;
    private final String codeVersion;

    RunPlan(
            Jdbi database,
            ObjectStore store,
            ReferencedTracks tracks,
            ModelPackages packages,
            ObjectMapper json,
            TrainerConfig config,
            @ConfigProperty(name = "quarkus.application.version") String codeVersion) {
        this.database = database;
        this.store = store;
        this.tracks = tracks;
        this.packages = packages;
        this.json = json;
        this.config = config;
        this.codeVersion = codeVersion;
    }

    /** A run with all that it learns from; of one that cannot be made, without. */
    record Planned(Run run, List<RunTrack> tracks) {}

    /** Plans the run of a request. One that cannot be made comes back as failed, with the reason. */
    Planned of(RetrainingRequested request) throws IOException {
        Optional<ModelCard> parent = packages.card(request.modelId());
        Run empty = new Run(
                ContentIds.trainingRun(request.requestId()),
                request.requestId(),
                candidateId(request),
                request.modelId(),
                "{}",
                RunTrack.sha256Of(List.of()),
                codeVersion,
                config.seed(),
                0,
                State.FAILED,
                Optional.of("not planned"),
                whyFromScratch(request.modelId(), parent));
        try {
            TrainingConfiguration configuration = configuration(parent);
            List<RunTrack> chosen = choose(configuration.network().stems());
            Run run = new Run(
                    empty.runId(),
                    empty.requestId(),
                    empty.candidateId(),
                    empty.parentModelId(),
                    CONFIGURATIONS.toJson(configuration),
                    RunTrack.sha256Of(chosen),
                    codeVersion,
                    configuration.seed(),
                    configuration.steps(),
                    State.PREPARING,
                    Optional.empty(),
                    empty.fromScratch());
            store.put(run.tracksKey(), new ByteArrayInputStream(json.writeValueAsBytes(chosen)));
            return new Planned(run, chosen);
        } catch (RefusedRunException e) {
            return new Planned(Run.failed(empty, e.getMessage()), List.of());
        }
    }

    /**
     * The tracks of a run that was planned before.
     *
     * @throws RefusedRunException if the list is not the one that the run was planned with
     */
    List<RunTrack> tracksOf(Run run) throws RefusedRunException, IOException {
        try (InputStream listed = store.get(run.tracksKey())) {
            List<RunTrack> found = json.readValue(listed, new TypeReference<List<RunTrack>>() {});
            if (!RunTrack.sha256Of(found).equals(run.datasetSha256())) {
                throw new RefusedRunException(
                        "%s: its tracks are not those that run %s was planned with; ask for another run"
                                .formatted(run.tracksKey(), run.runId()));
            }
            return found;
        } catch (MissingObjectException e) {
            throw new RefusedRunException(
                    "%s: the list of the run's tracks is gone from the object store; ask for another run"
                            .formatted(run.tracksKey()),
                    e);
        } catch (JsonProcessingException e) {
            throw new RefusedRunException(
                    "%s: not a list of tracks (%s); ask for another run".formatted(run.tracksKey(), e.getMessage()), e);
        }
    }

    /** {@code unet-1-20260131-1f9c03}: what it descends from, the day, and the request. */
    private static String candidateId(RetrainingRequested request) {
        String base = request.modelId().replaceFirst(GENERATION, "");
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(ZoneOffset.UTC));
        String hash = ContentIds.trainingRun(request.requestId()).substring(0, HASH_DIGITS_IN_ID);
        return "%s-%s-%s".formatted(base.substring(0, Math.min(80, base.length())), day, hash);
    }

    private TrainingConfiguration configuration(Optional<ModelCard> parent) throws RefusedRunException {
        try {
            TrainingConfiguration configuration = parent.flatMap(ParentModel::configurationOf)
                    .or(() -> Blueprint.find(config.network()).map(Blueprint::configuration))
                    .orElseThrow(() ->
                            new RefusedRunException("stemline.trainer.network: there is no network '%s'; there are: %s"
                                    .formatted(config.network(), Blueprint.names())));
            var settings = new LinkedHashMap<String, String>();
            settings.put("seed", Long.toString(config.seed()));
            config.steps().ifPresent(steps -> settings.put("steps", Integer.toString(steps)));
            settings.putAll(flags(config.settings().orElse("")));
            return CONFIGURATIONS.with(configuration, settings);
        } catch (ConfigurationException e) {
            throw new RefusedRunException("stemline.trainer.settings: " + e.getMessage(), e);
        }
    }

    /** Empty where a run starts at its parent's weights. */
    private Optional<String> whyFromScratch(String parentModelId, Optional<ModelCard> parent) {
        if (!config.fromParent()) {
            return Optional.of("stemline.trainer.from-parent is off");
        }
        if (parent.isEmpty()) {
            return Optional.of("the package of %s is not in the object store".formatted(parentModelId));
        }
        return ParentModel.configurationOf(parent.get()).isPresent()
                ? Optional.empty()
                : Optional.of("%s does not hold the settings it was trained with, or those of another version"
                        .formatted(parentModelId));
    }

    /** {@code --batch-size 2 --loss l1} by name. */
    private static Map<String, String> flags(String text) throws RefusedRunException {
        Map<String, String> flags = new LinkedHashMap<>();
        String[] words = text.isBlank() ? new String[0] : text.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            if (!words[i].startsWith("--") || i + 1 == words.length) {
                throw new RefusedRunException(
                        "stemline.trainer.settings: '%s' is not a setting with a value, such as '--batch-size 2'"
                                .formatted(words[i]));
            }
            flags.put(words[i], words[i + 1]);
        }
        return flags;
    }

    private List<RunTrack> choose(List<String> stems) throws RefusedRunException, IOException {
        Map<Split, List<ReferencedTrack>> found = new TreeMap<>();
        database.useHandle(handle -> {
            for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
                found.put(split, tracks.of(handle, split, stems));
            }
        });
        requireEnough("to learn from", "training", found.get(Split.TRAIN), config.leastTrainingTracks(), stems);
        requireEnough(
                "to choose weights by",
                "validation",
                found.get(Split.VALIDATION),
                config.leastValidationTracks(),
                stems);
        requireEnough("to judge a candidate by", "test", found.get(Split.TEST), config.leastTrialTracks(), stems);
        List<RunTrack> chosen = new ArrayList<>();
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            for (ReferencedTrack track : found.get(split)) {
                chosen.add(fixed(split, track));
            }
        }
        return chosen;
    }

    private static void requireEnough(
            String what, String split, List<ReferencedTrack> found, int least, List<String> stems)
            throws RefusedRunException {
        if (found.size() < least) {
            throw new RefusedRunException(
                    "too few tracks %s: %d of the %s split have references for %s, and %d are needed; add references"
                            .formatted(what, found.size(), split, String.join(", ", stems), least));
        }
    }

    private RunTrack fixed(Split split, ReferencedTrack track) throws IOException {
        Map<String, RunFile> references = new TreeMap<>();
        for (TrueStem stem : track.stems()) {
            String object = stem.reference().object();
            String sha256 = object.equals(track.object())
                    ? track.trackId()
                    : stem.sha256().orElse("");
            references.put(
                    stem.reference().stem(),
                    new RunFile(object, stem.reference().stream(), sha256.isEmpty() ? sha256InStore(object) : sha256));
        }
        var mixture = new RunFile(track.object(), 0, track.trackId());
        return new RunTrack(track.trackId(), track.name(), split, mixture, references);
    }

    private String sha256InStore(String object) throws IOException {
        try (ObjectStore.LocalObject local = store.fetch(object)) {
            return new DigestUtils(SHA_256).digestAsHex(local.path());
        }
    }
}
