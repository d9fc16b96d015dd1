package io.stemline.training.datasets;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Tracks in files. */
final class StoredDataset implements Dataset {
    private final String name;
    private final List<String> stems;
    private final AudioFormat format;
    private final Map<Split, List<LabelledTrack>> tracks;
    private final ScanReport report;

    private StoredDataset(
            String name,
            List<String> stems,
            AudioFormat format,
            Map<Split, List<LabelledTrack>> tracks,
            ScanReport report) {
        this.name = name;
        this.stems = stems;
        this.format = format;
        this.tracks = tracks;
        this.report = report;
    }

    static StoredDataset open(Listing listing, DatasetSettings settings) {
        Map<String, List<String>> choices = StemChoice.resolve(settings.stems(), listing.labels());
        ScanIndex index = ScanIndex.open(settings.index());
        Listing divided = listing.withValidation(settings.validationShare());
        List<DatasetScan.Verdict> verdicts =
                new DatasetScan(settings.format(), choices, index).judge(divided.candidates());
        index.save();
        DecodedStems decoded =
                settings.cache().<DecodedStems>map(cache -> cache::read).orElse(DecodedStems::decode);
        Map<Split, List<LabelledTrack>> tracks = new EnumMap<>(Split.class);
        List<ScanReport.Finding> findings = new ArrayList<>();
        int usable = 0;
        for (DatasetScan.Verdict verdict : verdicts) {
            findings.addAll(verdict.findings());
            if (verdict.lengthFrames().isPresent()) {
                Candidate candidate = verdict.candidate();
                long length = verdict.lengthFrames().get();
                tracks.computeIfAbsent(candidate.split(), split -> new ArrayList<>())
                        .add(new StoredTrack(candidate, choices, length, settings.format(), decoded));
                usable++;
            }
        }
        ScanReport report = new ScanReport(usable, findings);
        if (usable == 0) {
            throw new DatasetException(
                    listing.name() + ": no track is left to use (" + report.summary() + ")" + firstReason(report));
        }
        return new StoredDataset(listing.name(), List.copyOf(choices.keySet()), settings.format(), tracks, report);
    }

    private static String firstReason(ScanReport report) {
        return report.skipped().stream()
                .findFirst()
                .map(finding -> "; the first, " + finding.track() + ": " + finding.sentence())
                .orElse("");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> stems() {
        return stems;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public List<LabelledTrack> tracks(Split split) {
        return List.copyOf(tracks.getOrDefault(split, List.of()));
    }

    @Override
    public boolean endless() {
        return false;
    }

    @Override
    public ScanReport report() {
        return report;
    }

    private record StoredTrack(
            Candidate candidate,
            Map<String, List<String>> choices,
            long lengthFrames,
            AudioFormat format,
            DecodedStems decoded)
            implements LabelledTrack {

        @Override
        public String name() {
            return candidate.name();
        }

        @Override
        public float[][] read(String stem, long firstFrame, int frames) {
            float[][] sum = new float[format.channels()][frames];
            int there = (int) Math.clamp(lengthFrames - firstFrame, 0, frames);
            if (there == 0) {
                return sum;
            }
            for (SourceStem source : sources(stem)) {
                add(samples(source, firstFrame, there), sum);
            }
            return sum;
        }

        private List<SourceStem> sources(String stem) {
            if (stem.equals(MIXTURE)) {
                return candidate
                        .mixture()
                        .map(List::of)
                        .orElseGet(() -> choices.values().stream()
                                .flatMap(List::stream)
                                .map(candidate.stems()::get)
                                .toList());
            }
            List<String> parts = choices.get(stem);
            if (parts == null) {
                throw new DatasetException(name() + ": the data set was opened without a stem " + stem);
            }
            return parts.stream().map(candidate.stems()::get).toList();
        }

        private float[][] samples(SourceStem source, long firstFrame, int frames) {
            try {
                return decoded.read(source, format, firstFrame, frames);
            } catch (AudioException e) {
                throw new DatasetException(name() + ": " + e.getMessage(), e);
            }
        }

        private static void add(float[][] samples, float[][] sum) {
            for (int channel = 0; channel < sum.length; channel++) {
                for (int i = 0; i < samples[channel].length; i++) {
                    sum[channel][i] += samples[channel][i];
                }
            }
        }
    }
}
