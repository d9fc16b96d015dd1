package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;

/**
 * Syllables sung in one breath.
 *
 * @param syllables in order
 * @param delivery how they are sung or said
 * @param loudness of the line, about 1
 * @param fry whether it begins with creaks
 * @param breath whether the singer is heard to breathe in before it
 */
record Line(List<Syllable> syllables, Part.Delivery delivery, double loudness, boolean fry, boolean breath) {
    /** A rest of this many seconds ends a line. */
    private static final double REST_SECONDS = 0.12;

    private static final List<Part.Delivery> CHANGES = List.of(
            Part.Delivery.SUNG,
            Part.Delivery.SUNG,
            Part.Delivery.RAPPED,
            Part.Delivery.SHOUTED,
            Part.Delivery.SHOUTED,
            Part.Delivery.WHISPERED);

    static List<Line> of(List<Syllable> syllables, Part.Voice voice, Timeline timeline, Dice dice) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= syllables.size(); i++) {
            if (i == syllables.size() || rests(syllables.get(i - 1), syllables.get(i), timeline)) {
                lines.add(line(syllables.subList(from, i), voice, dice));
                from = i;
            }
        }
        return lines;
    }

    private static boolean rests(Syllable before, Syllable next, Timeline timeline) {
        double beats = next.note().beat() - before.note().end();
        return beats * timeline.secondsPerBeat() > REST_SECONDS;
    }

    private static Line line(List<Syllable> syllables, Part.Voice voice, Dice dice) {
        Part.Diction diction = voice.diction();
        Part.Delivery delivery = dice.chance(diction.changes()) ? dice.pick(CHANGES) : diction.delivery();
        return new Line(
                syllables,
                delivery,
                Decibel.factor(dice.uniform(-3.5, 2)),
                dice.chance(voice.larynx().fry()),
                dice.chance(diction.breaths()));
    }

    Syllable first() {
        return syllables.getFirst();
    }
}
