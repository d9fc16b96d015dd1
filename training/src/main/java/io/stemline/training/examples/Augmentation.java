package io.stemline.training.examples;

/**
 * How mixtures are varied.
 *
 * @param crossSongShare share of mixtures whose stems come from different songs, once training has settled
 * @param settledStep the step at which that share is reached; it grows from nothing
 * @param withoutVocals share of mixtures without vocals
 * @param withoutOnePart share of mixtures in which one of the other stems is left out
 * @param lowestGainDb gains of stems are drawn from here
 * @param highestGainDb to here
 * @param lowestVocalsDb likewise for the vocals
 * @param equaliserDb standard deviation of the gains of a random equaliser on every stem
 * @param dullShare share of mixtures whose high frequencies are taken away
 */
public record Augmentation(
        double crossSongShare,
        int settledStep,
        double withoutVocals,
        double withoutOnePart,
        double lowestGainDb,
        double highestGainDb,
        double lowestVocalsDb,
        double highestVocalsDb,
        double equaliserDb,
        double dullShare) {

    /** What is used where nothing else is asked for. */
    public static Augmentation standard() {
        return new Augmentation(0.5, 1000, 0.12, 0.25, -8, 4, -10, 4, 2.5, 0.1);
    }

    /** Songs as they are. */
    public static Augmentation none() {
        return new Augmentation(0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
