package io.stemline.bsseval;

/**
 * Energies of the parts of one estimate in one window, added up over channels and frames. With s the reference, e the
 * estimate, p the projection of e on shifted copies of s, and P that on copies of all references:
 * s_target = s, e_spat = p - s, e_interf = P - p, e_artif = e - P.
 */
final class Energies {
    private double target; // |s|^2
    private double distance; // |e - s|^2 = |e_spat + e_interf + e_artif|^2
    private double spatial; // |e_spat|^2
    private double filtered; // |s + e_spat|^2
    private double interference; // |e_interf|^2
    private double projected; // |s + e_spat + e_interf|^2
    private double artifacts; // |e_artif|^2
    private double remainder; // |e_interf + e_artif|^2

    /** Adds frames of one channel: reference, estimate, own projection and full projection. */
    void add(double[] s, double[] e, int fromSignal, double[] own, double[] all, int from, int frames) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        double r = 0;
        for (int n = 0; n < frames; n++) {
            double sn = s[fromSignal + n];
            double en = e[fromSignal + n];
            double pn = own[from + n];
            double qn = all[from + n];
            a += sn * sn;
            b += (en - sn) * (en - sn);
            c += (pn - sn) * (pn - sn);
            d += pn * pn;
            f += (qn - pn) * (qn - pn);
            g += qn * qn;
            h += (en - qn) * (en - qn);
            r += (en - pn) * (en - pn);
        }
        target += a;
        distance += b;
        spatial += c;
        filtered += d;
        interference += f;
        projected += g;
        artifacts += h;
        remainder += r;
    }

    void add(Energies other) {
        target += other.target;
        distance += other.distance;
        spatial += other.spatial;
        filtered += other.filtered;
        interference += other.interference;
        projected += other.projected;
        artifacts += other.artifacts;
        remainder += other.remainder;
    }

    double ratio(Metric metric, Form form) {
        return switch (metric) {
            case SDR -> form == Form.SOURCES ? Decibels.ratio(filtered, remainder) : Decibels.ratio(target, distance);
            case ISR -> form == Form.SOURCES ? Double.NaN : Decibels.ratio(target, spatial);
            case SIR -> Decibels.ratio(filtered, interference);
            case SAR -> Decibels.ratio(projected, artifacts);
        };
    }
}
