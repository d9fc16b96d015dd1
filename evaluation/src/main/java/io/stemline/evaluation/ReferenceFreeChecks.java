package io.stemline.evaluation;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks a separation without knowing the true stems: one pass over the mixture and all stems, in blocks.
 *
 * <p>Tolerances: 1e-4 of full scale between the mixture and the sum of the stems (as many stems rounded to 16 bit stay below it); a
 * stem whose root mean square is under -80 dB of full scale is silent; 0.1 % of all samples beyond full scale is clipping; a stem
 * with more than 1.5 times the mixture's energy was not taken from it.
 */
public final class ReferenceFreeChecks {
    private static final int BLOCK_FRAMES = 1 << 15;
    private static final double ADD_UP_TOLERANCE = 1e-4;
    private static final double SILENCE_RMS = 1e-4;
    private static final double CLIPPING_SHARE = 1e-3;
    private static final double ENERGY_SHARE_LIMIT = 1.5;

    private final boolean stemsAreLossless;
    private final List<StemFile> stems;
    private final AudioFormat format;

    private final List<String> shapeFaults = new ArrayList<>();
    private final double[] energy; // [stem]
    private final long[] beyondFullScale; // [stem]
    private double mixtureEnergy;
    private long mixtureBeyondFullScale;
    private double largestDifference;
    private long lengthFrames;

    private ReferenceFreeChecks(AudioFormat format, List<StemFile> stems, boolean stemsAreLossless) {
        this.format = format;
        this.stems = stems;
        this.stemsAreLossless = stemsAreLossless;
        this.energy = new double[stems.size()];
        this.beyondFullScale = new long[stems.size()];
    }

    /**
     * @param stemsAreLossless whether the stems are stored without loss; lossy ones are not expected to add up
     * @throws io.stemline.audio.AudioException if a file cannot be read
     */
    public static List<Check> of(StemFile mixture, List<StemFile> stems, boolean stemsAreLossless) {
        var sources = new ArrayList<AudioSource>();
        try (AudioSource mixed = mixture.open()) {
            stems.forEach(stem -> sources.add(stem.open()));
            var checks = new ReferenceFreeChecks(mixed.format(), List.copyOf(stems), stemsAreLossless);
            checks.compareFormats(sources);
            if (checks.shapeFaults.isEmpty()) {
                checks.read(mixed, sources);
            }
            return checks.outcome();
        } finally {
            sources.forEach(AudioSource::close);
        }
    }

    private void compareFormats(List<AudioSource> sources) {
        for (int s = 0; s < sources.size(); s++) {
            AudioFormat found = sources.get(s).format();
            if (!found.equals(format)) {
                shapeFaults.add("%s has %d Hz and %d channels, the mixture %d Hz and %d"
                        .formatted(
                                stems.get(s).stem(),
                                found.sampleRateHz(),
                                found.channels(),
                                format.sampleRateHz(),
                                format.channels()));
            }
        }
    }

    private void read(AudioSource mixed, List<AudioSource> sources) {
        var mixture = new float[format.channels()][BLOCK_FRAMES];
        var sum = new double[format.channels()][BLOCK_FRAMES];
        var stem = new float[format.channels()][BLOCK_FRAMES];
        var stemFrames = new long[sources.size()];
        boolean more = true;
        while (more) {
            int frames = Math.max(0, mixed.read(mixture, 0, BLOCK_FRAMES));
            lengthFrames += frames;
            more = frames > 0;
            clear(sum);
            for (int s = 0; s < sources.size(); s++) {
                int read = Math.max(0, sources.get(s).read(stem, 0, BLOCK_FRAMES));
                stemFrames[s] += read;
                more |= read > 0;
                addStem(s, stem, sum, read);
            }
            compare(mixture, sum, frames);
        }
        for (int s = 0; s < sources.size(); s++) {
            if (stemFrames[s] != lengthFrames && (stemsAreLossless || stemFrames[s] < lengthFrames)) {
                shapeFaults.add("%s has %d frames, the mixture %d"
                        .formatted(stems.get(s).stem(), stemFrames[s], lengthFrames));
            }
        }
    }

    private static void clear(double[][] sum) {
        for (double[] channel : sum) {
            java.util.Arrays.fill(channel, 0);
        }
    }

    private void addStem(int s, float[][] stem, double[][] sum, int frames) {
        for (int c = 0; c < sum.length; c++) {
            for (int i = 0; i < frames; i++) {
                float sample = stem[c][i];
                sum[c][i] += sample;
                energy[s] += (double) sample * sample;
                if (Math.abs(sample) > 1) {
                    beyondFullScale[s]++;
                }
            }
        }
    }

    private void compare(float[][] mixture, double[][] sum, int frames) {
        for (int c = 0; c < sum.length; c++) {
            for (int i = 0; i < frames; i++) {
                float sample = mixture[c][i];
                mixtureEnergy += (double) sample * sample;
                largestDifference = Math.max(largestDifference, Math.abs(sample - sum[c][i]));
                if (Math.abs(sample) > 1) {
                    mixtureBeyondFullScale++;
                }
            }
        }
    }

    private List<Check> outcome() {
        var checks = new ArrayList<Check>();
        checks.add(new Check(
                Check.SAME_SHAPE,
                shapeFaults.isEmpty(),
                shapeFaults.isEmpty() ? "%d frames".formatted(lengthFrames) : String.join("; ", shapeFaults)));
        if (!shapeFaults.isEmpty() && lengthFrames == 0) {
            return checks;
        }
        if (stemsAreLossless) {
            checks.add(new Check(
                    Check.STEMS_ADD_UP,
                    largestDifference <= ADD_UP_TOLERANCE,
                    "largest difference " + decibels(largestDifference * largestDifference) + " of full scale"));
        }
        checks.add(stemsSound());
        checks.add(noClipping());
        checks.add(energyShares());
        return checks;
    }

    private Check stemsSound() {
        if (isSilent(mixtureEnergy)) {
            return new Check(Check.STEMS_SOUND, true, "the mixture is silent");
        }
        List<String> silent = new ArrayList<>();
        for (int s = 0; s < stems.size(); s++) {
            if (isSilent(energy[s])) {
                silent.add(stems.get(s).stem());
            }
        }
        boolean oneTookAll = stems.size() > 1 && silent.size() >= stems.size() - 1;
        String detail = silent.isEmpty() ? "all stems sound" : "silent: " + String.join(", ", silent);
        return new Check(Check.STEMS_SOUND, !oneTookAll && silent.size() < stems.size(), detail);
    }

    private Check noClipping() {
        long samples = Math.max(1, lengthFrames * format.channels());
        double mixtureShare = (double) mixtureBeyondFullScale / samples;
        var clipped = new ArrayList<String>();
        for (int s = 0; s < stems.size(); s++) {
            double share = (double) beyondFullScale[s] / samples;
            if (share > mixtureShare + CLIPPING_SHARE) {
                clipped.add(String.format(
                        Locale.ROOT,
                        "%s %.2f %% beyond full scale",
                        stems.get(s).stem(),
                        100 * share));
            }
        }
        return new Check(
                Check.NO_CLIPPING,
                clipped.isEmpty(),
                clipped.isEmpty() ? "no stem goes beyond full scale" : String.join(", ", clipped));
    }

    private Check energyShares() {
        var shares = new ArrayList<String>();
        boolean plausible = true;
        for (int s = 0; s < stems.size(); s++) {
            double share = mixtureEnergy > 0 ? energy[s] / mixtureEnergy : 0;
            plausible &= share <= ENERGY_SHARE_LIMIT;
            shares.add(String.format(Locale.ROOT, "%s %.1f %%", stems.get(s).stem(), 100 * share));
        }
        return new Check(Check.ENERGY_SHARES, plausible, String.join(", ", shares));
    }

    private boolean isSilent(double signalEnergy) {
        double samples = Math.max(1, (double) lengthFrames * format.channels());
        return Math.sqrt(signalEnergy / samples) < SILENCE_RMS;
    }

    private static String decibels(double power) {
        return power == 0 ? "nothing" : String.format(Locale.ROOT, "%.1f dB", 10 * Math.log10(power));
    }
}
