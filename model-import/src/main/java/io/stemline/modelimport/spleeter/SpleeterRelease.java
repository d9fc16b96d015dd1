package io.stemline.modelimport.spleeter;

import io.stemline.separation.model.ModelException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An archive of weights that Spleeter's project has released.
 *
 * @param model whose weights they are
 * @param address where it lies
 * @param sha256 of the archive, from the checksums that Spleeter publishes beside its code
 */
public record SpleeterRelease(SpleeterModel model, URI address, String sha256) {

    private static final String PLACE = "https://github.com/deezer/spleeter/releases/download/v1.4.0/";

    /** The release of a model. */
    public static SpleeterRelease of(SpleeterModel model) {
        var sha256 = switch (model) {
            case TWO_STEMS -> "f3a90b39dd2874269e8b05a48a86745df897b848c61f3958efc80a39152bd692";
            case FOUR_STEMS -> "3adb4a50ad4eb18c7c4d65fcf4cf2367a07d48408a5eb7d03cd20067429dfaa8";
            case FIVE_STEMS -> "25a1e87eb5f75cc72a4d2d5467a0a50ac75f05611f877c278793742513cc7218";
        };
        return new SpleeterRelease(model, URI.create(PLACE + model.title() + ".tar.gz"), sha256);
    }

    /** The release that an archive is, if it is one. */
    static Optional<SpleeterRelease> withHash(String sha256) {
        return Arrays.stream(SpleeterModel.values())
                .map(SpleeterRelease::of)
                .filter(release -> release.sha256().equals(sha256))
                .findFirst();
    }

    /**
     * The release of a model that goes by Spleeter's own name, such as {@code 4stems}.
     *
     * @throws ModelException if there is none
     */
    public static SpleeterRelease named(String title) {
        return Arrays.stream(SpleeterModel.values())
                .filter(model -> model.title().equals(title))
                .findFirst()
                .map(SpleeterRelease::of)
                .orElseThrow(() -> new ModelException("Spleeter has no model '" + title + "'; it has: "
                        + Arrays.stream(SpleeterModel.values())
                                .map(SpleeterModel::title)
                                .collect(Collectors.joining(", "))));
    }
}
