package io.stemline.audio.picture;

import java.awt.Graphics2D;
import java.awt.Rectangle;

/** A signal as it stands on a sheet: a plot over time with what is written left and right of it. */
interface Panel {

    double lengthSeconds();

    /** The highest value, which the scale is made from: an amplitude or a power. Panels of one kind share the highest. */
    double peak();

    /** The room that labels need left of the plot. */
    int leftWidth(Ink ink, int plotHeight, double peak);

    /** The room that labels need right of the plot. */
    int rightWidth(Ink ink);

    /**
     * Draws the plot and its labels, without the time axis.
     *
     * @param plot where the axis reaches from its beginning to its end
     * @param peak what the scale is made from
     * @param axisSeconds the time at the right end of the plot, at least the signal's length
     */
    void draw(Graphics2D graphics, Ink ink, Rectangle plot, double peak, double axisSeconds);
}
