package io.stemline.training.songs;

import io.stemline.training.soundfont.Sampler;
import io.stemline.training.soundfont.SoundFontException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes songs. A seed stands for a recipe, and a recipe for samples:
 *
 * <ol>
 *   <li>the composer draws the recipe: tempo, key, form, band, sounds, mix;
 *   <li>every part plays its sections, dry, and goes through its channel;
 *   <li>the parts of a stem are added up;
 *   <li>all stems get the gain that compresses their sum, and a level at which neither they nor their sum clip;
 *   <li>samples are rounded to multiples of 2^-20, and the mixture is their sum.
 * </ol>
 *
 * <p>Generators can be shared by threads.
 */
public final class SongGenerator {
    /** The sample rate of every song. */
    public static final int SAMPLE_RATE_HZ = 44_100;

    private static final float PEAK = 0.89f;
    private static final float GRID = 1 << 20;
    private static final long LONGEST_FRAMES = 3600L * SAMPLE_RATE_HZ;

    private final SoundFonts soundFonts;
    private final Speech speech;

    /** Everything is synthesised. */
    public SongGenerator() {
        this(SoundFonts.none(), Speech.none());
    }

    /**
     * Some parts of most songs are played by recorded instruments, and some singers borrow recorded voices; such songs need
     * both to be played again.
     */
    public SongGenerator(SoundFonts soundFonts, Speech speech) {
        this.soundFonts = soundFonts;
        this.speech = speech;
    }

    /** The song of a seed; songs of the same seed and different lengths are different songs. */
    public Song generate(long seed, Duration length) {
        return render(compose(seed, length));
    }

    /** The recipe of a seed, without the work of playing it. */
    public SongRecipe compose(long seed, Duration length) {
        long frames = Math.round(length.toNanos() / 1e9 * SAMPLE_RATE_HZ);
        if (frames < 1 || frames > LONGEST_FRAMES) {
            throw new IllegalArgumentException(
                    "A song of " + length.toMillis() / 1000.0 + " s: lengths go from one sample to an hour");
        }
        SongRecipe recipe = Composer.compose(seed, frames, speech);
        return recipe.withSampled(new Casting(soundFonts).cast(recipe.parts()));
    }

    /**
     * Plays a recipe.
     *
     * @throws io.stemline.training.soundfont.SoundFontException when it takes an instrument from a sound font that was not
     *     given
     * @throws SpeechException when a singer borrows a voice that was not given
     */
    public Song render(SongRecipe recipe) {
        Timeline timeline = new Timeline(recipe);
        Map<Stem, Track> tracks = new EnumMap<>(Stem.class);
        for (Stem stem : Stem.values()) {
            tracks.put(stem, new Track(timeline.lengthFrames()));
        }
        MixingDesk desk = new MixingDesk(timeline);
        for (Part part : recipe.parts()) {
            Track track = play(part, recipe, timeline);
            desk.apply(part.channel(), track);
            tracks.get(part.stem()).add(track, 1);
        }
        if (recipe.busCompression() > 0) {
            compressTogether(tracks, recipe.busCompression());
        }
        return master(recipe, tracks);
    }

    private Track play(Part part, SongRecipe recipe, Timeline timeline) {
        Track track = new Track(timeline.lengthFrames());
        List<SongRecipe.Section> sections =
                recipe.form().stream().filter(section -> section.has(part)).toList();
        SampledSound sampled = recipe.sampled().get(part.name());
        if (sections.isEmpty()) {
            return track;
        }
        if (sampled != null) {
            playSampled(part, sampled, sections, timeline, track);
            return track;
        }
        switch (part) {
            case Part.Drums drums -> Drummer.play(drums, sections, timeline, track);
            case Part.Bass bass -> BassPlayer.play(bass, sections, timeline, track);
            case Part.Chords chords -> Accompanist.play(chords, sections, timeline, track);
            case Part.Lead lead -> LeadPlayer.play(lead, sections, timeline, track);
            case Part.Vocals vocals -> Vocalists.perform(vocals, speech, sections, timeline, track);
        }
        return track;
    }

    private void playSampled(
            Part part, SampledSound sound, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        Sampler sampler = soundFonts.sampler(sound);
        switch (part) {
            case Part.Drums drums -> Drummer.play(sampler, drums, sections, timeline, track);
            case Part.Bass bass -> SampledPlayer.bass(sampler, sound, bass, sections, timeline, track);
            case Part.Chords chords -> SampledPlayer.chords(sampler, sound, chords, sections, timeline, track);
            case Part.Lead lead -> SampledPlayer.lead(sampler, sound, lead, sections, timeline, track);
            case Part.Vocals vocals ->
                throw new SoundFontException("'" + sound.name() + "': vocals are sung, not played by a sound font");
        }
    }

    private static Track sum(Map<Stem, Track> tracks) {
        Track sum = new Track(tracks.get(Stem.VOCALS).lengthFrames());
        tracks.values().forEach(track -> sum.add(track, 1));
        return sum;
    }

    private static void compressTogether(Map<Stem, Track> tracks, double amount) {
        float[] gains = Compressor.gains(sum(tracks), amount, 0.05);
        tracks.values().forEach(track -> Compressor.apply(gains, track));
    }

    private static Song master(SongRecipe recipe, Map<Stem, Track> tracks) {
        float peak = peak(sum(tracks));
        for (Track track : tracks.values()) {
            peak = Math.max(peak, peak(track));
        }
        float gain = peak > 0 ? PEAK / peak : 0;
        Map<Stem, float[][]> stems = new EnumMap<>(Stem.class);
        float[][] mixture = new float[2][tracks.get(Stem.VOCALS).lengthFrames()];
        tracks.forEach((stem, track) -> {
            float[][] samples = {onGrid(track.left, gain), onGrid(track.right, gain)};
            stems.put(stem, samples);
            for (int channel = 0; channel < 2; channel++) {
                for (int i = 0; i < mixture[channel].length; i++) {
                    mixture[channel][i] += samples[channel][i];
                }
            }
        });
        return new Song(recipe, stems, mixture);
    }

    private static float peak(Track track) {
        float peak = 0;
        for (int i = 0; i < track.lengthFrames(); i++) {
            peak = Math.max(peak, Math.max(Math.abs(track.left[i]), Math.abs(track.right[i])));
        }
        return peak;
    }

    private static float[] onGrid(float[] samples, float gain) {
        float scale = gain * GRID;
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.round(samples[i] * scale) / GRID;
        }
        return samples;
    }
}
