package io.stemline.reports.page;

import io.stemline.reports.SeparatedTrack;
import java.util.Optional;

/** Where a track's stems can be listened to. */
@FunctionalInterface
public interface Listening {
    /** Nowhere. */
    Listening NOWHERE = track -> Optional.empty();

    /** An address, best a relative one. */
    Optional<String> address(SeparatedTrack track);
}
