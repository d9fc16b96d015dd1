package io.stemline.reports.page;

import io.stemline.reports.markup.Markup;
import java.util.List;

/** How figures come about, for those who want to quote them. */
final class MethodNotes {
    private static final List<String> NOTES = List.of(
            "A track's figure is the median over its windows, a method's the median over its tracks, as museval aggregates."
                    + " Windows that are not defined (a silent stem) or infinite are left out. SI-SDR, SNR and MDX-SDR are of whole tracks.",
            "Intervals hold 95 %: the percentile bootstrap over tracks (Efron and Tibshirani, 1993), with a fixed seed, so the same"
                    + " scores give the same report. They say how much other tracks of the same kind would change a figure.",
            "Differences are taken track by track before their median, so that what is hard for all methods does not blur them. They are"
                    + " not corrected for the number of comparisons: of twenty methods that are alike, one will look different.",
            "Box plots are Tukey's: whiskers end at the last track within 1.5 box heights. Dots beyond an axis stand at its end.",
            "Blind methods know the mixture alone, oracles the true stems: between them lies what a model can gain.",
            "Figures are comparable where the same tracks were scored with the same windows. SIR, SAR and ISR of lossy references"
                    + " depend on rounding.");

    private MethodNotes() {}

    static void write(Markup content) {
        content.open("ul", "class", "sentences");
        NOTES.forEach(note -> content.element("li", note));
        content.close();
    }
}
