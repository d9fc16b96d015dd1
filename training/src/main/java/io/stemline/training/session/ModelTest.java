package io.stemline.training.session;

import io.stemline.separation.model.ModelPackage;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetSettings;
import io.stemline.training.datasets.Datasets;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import io.stemline.training.evaluation.ModelScorer;
import io.stemline.training.folder.Configurations;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.reporting.EvaluationTable;
import io.stemline.training.reporting.SeparatedTrack;
import io.stemline.training.reporting.TargetScores;
import io.stemline.training.reporting.TrackScoring;
import io.stemline.training.trainer.TrainingConfiguration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Scores the exported model of a folder on the test tracks of a data set, through the separator that users run. */
public final class ModelTest {
    private final ModelFolder folder;
    private final TrainingConfiguration configuration;
    private final int threads;

    /** @param threads 0 for as many as there are cores */
    public ModelTest(ModelFolder folder, int threads) {
        this.folder = folder.requireFor(ModelFolder.Purpose.SEPARATION);
        this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        configuration = Configurations.of(TrainingConfiguration.class).read(folder.configuration());
    }

    /** Opens a data set as the model needs it. */
    public Dataset open(String location, DatasetSettings settings) {
        return Datasets.open(location, WantedStems.of(configuration.network(), settings));
    }

    /**
     * Scores, writes {@code evaluation.csv} and returns the medians over the tracks.
     *
     * @param tracks how many at most
     * @param progress is told of every track
     */
    public List<TargetScores> run(Dataset dataset, int tracks, Consumer<String> progress) {
        List<LabelledTrack> all = dataset.tracks(Split.TEST);
        List<LabelledTrack> chosen = all.subList(0, Math.min(tracks, all.size()));
        EvaluationTable table = new EvaluationTable();
        TrackScoring scoring = new TrackScoring(threads);
        ModelPackage model = ModelPackage.load(folder.exported().resolve(folder.modelId()));
        try (var scorer = new ModelScorer(model, threads)) {
            for (int i = 0; i < chosen.size(); i++) {
                LabelledTrack track = chosen.get(i);
                progress.accept("%d of %d: %s".formatted(i + 1, chosen.size(), track.name()));
                table.add(track.name(), scoring.score(separated(track, dataset, scorer)));
            }
        }
        table.write(folder.evaluation());
        return table.medians();
    }

    private SeparatedTrack separated(LabelledTrack track, Dataset dataset, ModelScorer scorer) {
        int frames = Math.toIntExact(track.lengthFrames());
        float[][] mixture = track.read(LabelledTrack.MIXTURE, 0, frames);
        Map<String, float[][]> estimates =
                scorer.separate(mixture, dataset.format().sampleRateHz());
        List<SeparatedTrack.Target> targets = configuration.network().stems().stream()
                .map(stem -> new SeparatedTrack.Target(stem, track.read(stem, 0, frames), estimates.get(stem)))
                .toList();
        return new SeparatedTrack(track.name(), dataset.format(), mixture, targets);
    }
}
