package io.stemline.training.batches;

import io.stemline.audio.AudioFormat;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.ScanReport;
import io.stemline.training.datasets.Split;
import java.util.List;
import java.util.Map;

/** Tracks in memory. */
record MemoryDataset(List<String> stems, AudioFormat format, Map<Split, List<LabelledTrack>> splits)
        implements Dataset {

    static LabelledTrack track(String name, Map<String, float[][]> stems) {
        return new MemoryTrack(name, stems);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<LabelledTrack> tracks(Split split) {
        return splits.getOrDefault(split, List.of());
    }

    @Override
    public boolean endless() {
        return false;
    }

    @Override
    public ScanReport report() {
        return new ScanReport(splits.size(), List.of());
    }

    private record MemoryTrack(String name, Map<String, float[][]> stems) implements LabelledTrack {
        @Override
        public long lengthFrames() {
            return stems.values().iterator().next()[0].length;
        }

        @Override
        public float[][] read(String stem, long firstFrame, int frames) {
            float[][] whole = stems.get(stem);
            float[][] stretch = new float[whole.length][frames];
            for (int channel = 0; channel < whole.length; channel++) {
                int count = (int) Math.min(frames, whole[channel].length - firstFrame);
                System.arraycopy(whole[channel], (int) firstFrame, stretch[channel], 0, count);
            }
            return stretch;
        }
    }
}
