package io.stemline.separation.streaming;

import io.stemline.separation.SeparationException;
import io.stemline.separation.model.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of a model's stems have to be synthesised, and how the stems that are written are made of them: each is a
 * synthesised stem, a sum of some, or the mixture minus some.
 *
 * @param synthesised indices among the card's stems
 * @param outputs what is written, in order
 */
record StemPlan(int[] synthesised, List<Output> outputs) {

    /**
     * A stem that is written.
     *
     * @param ofMixture whether the signals are taken away from the mixture, rather than summed
     * @param signals indices among the synthesised stems
     */
    record Output(String stem, boolean ofMixture, int[] signals) {

        /** Whether it is just what was synthesised. */
        boolean isSynthesised() {
            return !ofMixture && signals.length == 1;
        }
    }

    static StemPlan of(ModelCard card, StemWishes wishes) {
        return wishes.only().map(stem -> two(card, stem)).orElseGet(() -> all(card, wishes.residual()));
    }

    List<String> stems() {
        return outputs.stream().map(Output::stem).toList();
    }

    private static StemPlan all(ModelCard card, boolean residual) {
        int[] synthesised = allButRemainder(card);
        int[] signals = IntStream.range(0, synthesised.length).toArray();
        var outputs = new ArrayList<Output>();
        int next = 0;
        for (String stem : card.stems()) {
            boolean rest = card.remainder().filter(stem::equals).isPresent();
            outputs.add(rest ? new Output(stem, true, signals) : new Output(stem, false, new int[] {next++}));
        }
        if (residual && card.remainder().isEmpty()) {
            outputs.add(new Output(StemWishes.RESIDUAL, true, signals));
        }
        return new StemPlan(synthesised, List.copyOf(outputs));
    }

    private static StemPlan two(ModelCard card, String stem) {
        int index = card.stems().indexOf(stem);
        if (index < 0) {
            throw new SeparationException(
                    "model '" + card.id() + "' has no stem '" + stem + "'; it has: " + String.join(", ", card.stems()));
        }
        boolean remainder = card.remainder().filter(stem::equals).isPresent();
        int[] synthesised = remainder ? allButRemainder(card) : new int[] {index};
        int[] signals = IntStream.range(0, synthesised.length).toArray();
        return new StemPlan(
                synthesised,
                List.of(
                        new Output(stem, remainder, signals),
                        new Output(StemWishes.restOf(stem), !remainder, signals)));
    }

    private static int[] allButRemainder(ModelCard card) {
        int remainder = card.remainder().map(card.stems()::indexOf).orElse(-1);
        return IntStream.range(0, card.stems().size())
                .filter(stem -> stem != remainder)
                .toArray();
    }
}
