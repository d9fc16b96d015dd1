package io.stemline.bsseval;

/** Makes one rising fraction of the fractions of consecutive parts. */
final class PartedProgress {
    private final Progress listener;

    PartedProgress(Progress listener) {
        this.listener = listener;
    }

    Progress part(double from, double to) {
        return fraction -> listener.at(from + (to - from) * fraction);
    }
}
