package io.stemline.training.songs;

import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.sqrt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sings with the syllables of recorded speech, by pitch-synchronous overlap-add (Moulines and Charpentier 1990): cycles of
 * the speech, each under a window of two periods, are set at the distance of the melody's pitch, which leaves the formants
 * where the speaker has them. Vowels are stretched in their middle, where the cycles are gone through back and forth;
 * consonants keep their length, those before the vowel sound before the beat. Read faster or slower, the cycles become those
 * of a smaller or larger throat.
 *
 * <p>The melody takes the syllables in the order in which they are spoken, over and over. Notes shorter than the spoken
 * vowel get it quickened; syllables that would begin before the song or end after it are cut off.
 */
final class SpeechSinger {
    private static final int RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;
    private static final int HANN_POINTS = 1024;
    private static final float[] HANN = hann();
    private static final double OUTPUT = 0.4;

    private final SpokenText text;
    private final Part.Timbre.Spoken timbre;
    private final Part.Voice voice;
    private final Timeline timeline;
    private final Map<Double, Integer> spokenAt = new HashMap<>();
    private final double gain;

    SpeechSinger(
            SpokenText text, Part.Timbre.Spoken timbre, Part.Voice voice, Timeline timeline, List<Syllable> words) {
        this.text = text;
        this.timbre = timbre;
        this.voice = voice;
        this.timeline = timeline;
        int spoken = 0;
        for (Syllable word : words) {
            if (!word.tied()) {
                spokenAt.put(word.note().beat(), spoken++);
            }
        }
        gain = OUTPUT / vowelLevel();
    }

    private static float[] hann() {
        float[] hann = new float[HANN_POINTS + 1];
        for (int i = 0; i <= HANN_POINTS; i++) {
            hann[i] = (float) (0.5 - 0.5 * cos(2 * Math.PI * i / HANN_POINTS));
        }
        return hann;
    }

    private double vowelLevel() {
        double power = 1e-9;
        for (SpokenText.SpokenSyllable syllable : text.syllables()) {
            double level = MixingDesk.rms(Arrays.copyOfRange(
                    text.sound(),
                    Math.max(0, syllable.steadyFrom()),
                    Math.min(text.sound().length, syllable.steadyTo())));
            power += level * level / text.syllables().size();
        }
        return sqrt(power);
    }

    /** The sound of the syllables, {@code [lengthFrames]}; a loud vowel has a root mean square of about 0.4. */
    float[] sing(List<Syllable> words, Dice dice) {
        List<Line> lines = Line.of(words, voice, timeline, dice);
        SungPitch pitch = SungPitch.of(lines, voice.pitching(), timeline, dice);
        float[] sound = new float[timeline.lengthFrames()];
        for (Line line : lines) {
            List<Syllable> syllables = line.syllables();
            for (int i = 0; i < syllables.size(); ) {
                int next = i + 1;
                while (next < syllables.size() && syllables.get(next).tied()) {
                    next++;
                }
                boolean last = next == syllables.size();
                sing(syllables.subList(i, next), line.loudness(), last, pitch, sound, dice);
                i = next;
            }
        }
        Biquad.lowShelf(300, timbre.depthDb()).filter(sound);
        Biquad.highShelf(2200, timbre.brightnessDb()).filter(sound);
        return sound;
    }

    /** One syllable on one note or on several that are tied. */
    private void sing(
            List<Syllable> tied, double lineLoudness, boolean last, SungPitch pitch, float[] sound, Dice dice) {
        Note first = tied.getFirst().note();
        int number = spokenAt.getOrDefault(first.beat(), (int) (first.beat() * 4));
        SpokenText.SpokenSyllable spoken =
                text.syllables().get(Math.floorMod(number, text.syllables().size()));
        int start = timeline.frame(first.beat());
        int end = timeline.frame(tied.getLast().note().end());
        double loudness = gain * lineLoudness * first.velocity() * Decibel.factor(dice.uniform(-2, 2));
        copy(spoken.start(), spoken.voiced(), start - (spoken.voiced() - spoken.start()), loudness, sound);
        int sung = Math.max(start, Math.min(sound.length, end - (spoken.end() - spoken.unvoiced()) / 2));
        int release = (int) ((last ? dice.uniform(0.05, 0.2) : 0.02) * RATE_HZ);
        stretch(spoken, start, sung, release, loudness, pitch, sound, dice);
        copy(spoken.unvoiced(), spoken.end(), sung, loudness, sound);
    }

    /** Consonants as they are, with short fades. */
    private void copy(int from, int to, int at, double loudness, float[] sound) {
        int length = Math.min(to, text.sound().length) - from;
        double fade = Math.max(1, Math.min(220, length / 3.0));
        for (int i = Math.max(0, -at); i < Math.min(length, sound.length - at); i++) {
            double edge = Math.min(1, Math.min(i, length - i) / fade);
            sound[at + i] += (float) (loudness * edge * text.sound()[from + i]);
        }
    }

    private void stretch(
            SpokenText.SpokenSyllable spoken,
            int start,
            int end,
            int release,
            double loudness,
            SungPitch pitch,
            float[] sound,
            Dice dice) {
        double jitter = voice.larynx().jitter();
        double at = start;
        while (at < end) {
            int hop = (int) (at / PitchCurve.HOP);
            double hertz = Decibel.hertz(pitch.midi[hop]);
            double period = RATE_HZ / hertz * (1 + jitter * 1.7 * dice.noise());
            double fall = Math.min(1, (end - at) / release);
            int mark = nearestMark(spokenFrame(spoken, at - start, end - start));
            double level = loudness * fall * pitch.tremolo[hop] * sqrt(period / text.periods()[mark]);
            addCycle(mark, at, level, sound);
            at += period;
        }
    }

    /** Where in the speech a moment of the note is: the ends of the vowel at their speed, its middle back and forth. */
    private static double spokenFrame(SpokenText.SpokenSyllable spoken, double since, double length) {
        double opening = spoken.steadyFrom() - spoken.voiced();
        double closing = spoken.unvoiced() - spoken.steadyTo();
        double middle = length - opening - closing;
        if (middle < spoken.steadyTo() - spoken.steadyFrom()) {
            return spoken.voiced() + since / length * (spoken.unvoiced() - spoken.voiced());
        }
        if (since < opening) {
            return spoken.voiced() + since;
        }
        if (since > length - closing) {
            return spoken.unvoiced() - (length - since);
        }
        double width = spoken.steadyTo() - spoken.steadyFrom();
        double turns = Math.max(1, Math.rint((middle / width - 1) / 2) * 2 + 1);
        double place = (since - opening) / middle * turns;
        double within = place - 2 * Math.floor(place / 2);
        return spoken.steadyFrom() + width * (within < 1 ? within : 2 - within);
    }

    private int nearestMark(double frame) {
        int[] marks = text.marks();
        int found = Arrays.binarySearch(marks, (int) frame);
        if (found >= 0) {
            return found;
        }
        int after = Math.min(-found - 1, marks.length - 1);
        int before = Math.max(0, after - 1);
        return frame - marks[before] < marks[after] - frame ? before : after;
    }

    private void addCycle(int mark, double at, double level, float[] sound) {
        double speed = timbre.formantScale();
        int period = text.periods()[mark];
        double half = period / speed;
        int from = Math.max(0, (int) Math.ceil(at - half));
        int to = Math.min(sound.length, (int) (at + half));
        float[] speech = text.sound();
        for (int i = from; i < to; i++) {
            double place = text.marks()[mark] + (i - at) * speed;
            int frame = (int) place;
            if (frame >= 0 && frame + 1 < speech.length) {
                double window = HANN[(int) ((i - at + half) / (2 * half) * HANN_POINTS)];
                double value = speech[frame] + (place - frame) * (speech[frame + 1] - speech[frame]);
                sound[i] += (float) (level * window * value);
            }
        }
    }
}
