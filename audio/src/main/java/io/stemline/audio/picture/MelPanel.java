package io.stemline.audio.picture;

import io.stemline.audio.picture.MelColumns.Snapshot;
import io.stemline.audio.spectrum.Decibels;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/** A mel spectrogram with its frequency axis and its colour bar. */
final class MelPanel implements Panel {

    /** From the highest power to what is drawn in the darkest colour. */
    static final int RANGE_DB = 80;

    private static final int BAR_STEP_DB = 20;

    private final Snapshot columns;
    private final int sampleRateHz;
    private final long lengthFrames;

    MelPanel(Snapshot columns, int sampleRateHz, long lengthFrames) {
        this.columns = columns;
        this.sampleRateHz = sampleRateHz;
        this.lengthFrames = lengthFrames;
    }

    @Override
    public double lengthSeconds() {
        return (double) lengthFrames / sampleRateHz;
    }

    @Override
    public double peak() {
        double peak = 0;
        for (float[] column : columns.power()) {
            for (float power : column) {
                peak = Math.max(peak, power);
            }
        }
        return peak;
    }

    @Override
    public int leftWidth(Ink ink, int plotHeight, double peak) {
        return frequencies(ink, plotHeight).stream()
                        .mapToInt(tick -> ink.width(tick.label()))
                        .max()
                        .orElse(0)
                + ink.texts(0.6);
    }

    @Override
    public int rightWidth(Ink ink) {
        return barLeft(ink) + barWidth(ink) + ink.texts(0.4) + ink.width(Ticks.levelLabel(-RANGE_DB));
    }

    private static int barLeft(Ink ink) {
        return ink.texts(0.7);
    }

    private static int barWidth(Ink ink) {
        return ink.texts(0.9);
    }

    private List<Ticks.Tick> frequencies(Ink ink, int plotHeight) {
        return Ticks.frequency(MelColumns.scale(), sampleRateHz / 2.0, ink.texts(1.15) / (double) plotHeight);
    }

    @Override
    public void draw(Graphics2D graphics, Ink ink, Rectangle plot, double peak, double axisSeconds) {
        int width = (int) Math.round(plot.width * (axisSeconds == 0 ? 0 : lengthSeconds() / axisSeconds));
        if (width > 0 && columns.power().length > 0) {
            graphics.drawImage(image(width, plot.height, peak), plot.x, plot.y, null);
        }
        graphics.setColor(Ink.FRAME);
        graphics.drawRect(plot.x, plot.y, plot.width - 1, plot.height - 1);
        for (var tick : frequencies(ink, plot.height)) {
            int y = plot.y + (int) Math.round((1 - tick.position()) * (plot.height - 1));
            graphics.setColor(Ink.FRAME);
            graphics.drawLine(plot.x - ink.texts(0.25), y, plot.x - 1, y);
            ink.writeBefore(graphics, tick.label(), plot.x - ink.texts(0.4), inside(ink, plot, y));
        }
        drawBar(graphics, ink, plot);
    }

    /** Labels at the ends of the axis stay beside it, away from those of the panel above or below. */
    private static int inside(Ink ink, Rectangle plot, int y) {
        return Math.max(plot.y + ink.texts(0.4), Math.min(plot.y + plot.height - ink.texts(0.4), y));
    }

    private static void drawBar(Graphics2D graphics, Ink ink, Rectangle plot) {
        var bar = new Rectangle(plot.x + plot.width + barLeft(ink), plot.y, barWidth(ink), plot.height);
        for (int y = 0; y < bar.height; y++) {
            graphics.setColor(new java.awt.Color(ColourMap.magma(1 - (double) y / (bar.height - 1))));
            graphics.drawLine(bar.x, bar.y + y, bar.x + bar.width - 1, bar.y + y);
        }
        graphics.setColor(Ink.FRAME);
        graphics.drawRect(bar.x, bar.y, bar.width - 1, bar.height - 1);
        int step = bar.height * BAR_STEP_DB / RANGE_DB >= ink.texts(1.15) ? BAR_STEP_DB : RANGE_DB / 2;
        for (int levelDb = 0; levelDb >= -RANGE_DB; levelDb -= step) {
            int y = bar.y + (int) Math.round((bar.height - 1) * -levelDb / (double) RANGE_DB);
            ink.writeAfter(
                    graphics, Ticks.levelLabel(levelDb), bar.x + bar.width + ink.texts(0.4), inside(ink, plot, y));
        }
    }

    private BufferedImage image(int width, int height, double peak) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int bands = columns.power()[0].length;
        double columnsPerPixel = lengthFrames / columns.framesPerColumn() / width;
        double[] levels = new double[bands];
        for (int x = 0; x < width; x++) {
            levels(x, columnsPerPixel, peak, levels);
            for (int y = 0; y < height; y++) {
                // The bands' peaks divide the axis into bands + 1 equal parts.
                double band = (1 - (y + 0.5) / height) * (bands + 1) - 1;
                image.setRGB(x, y, ColourMap.magma(1 + interpolated(levels, band) / RANGE_DB));
            }
        }
        return image;
    }

    /** The bands' levels below the peak at a pixel of the time axis: the mean of its columns, or between two of them. */
    private void levels(int x, double columnsPerPixel, double peak, double[] levels) {
        float[][] power = columns.power();
        for (int band = 0; band < levels.length; band++) {
            double here = columnsPerPixel >= 1
                    ? mean(power, band, x * columnsPerPixel, (x + 1) * columnsPerPixel)
                    : between(power, band, (x + 0.5) * columnsPerPixel - 0.5);
            levels[band] = peak == 0 ? -RANGE_DB : Decibels.fromPower(here / peak, -RANGE_DB);
        }
    }

    private static double mean(float[][] power, int band, double from, double to) {
        double sum = 0;
        double weights = 0;
        int end = Math.min(power.length, (int) Math.ceil(to));
        for (int column = Math.min(power.length - 1, (int) from); column < end; column++) {
            double weight = Math.min(to, column + 1) - Math.max(from, column);
            sum += weight * power[column][band];
            weights += weight;
        }
        return weights > 0 ? sum / weights : 0;
    }

    private static double between(float[][] power, int band, double position) {
        double inside = Math.max(0, Math.min(power.length - 1, position));
        int below = (int) inside;
        int above = Math.min(power.length - 1, below + 1);
        return power[below][band] + (inside - below) * (power[above][band] - power[below][band]);
    }

    private static double interpolated(double[] levels, double position) {
        double inside = Math.max(0, Math.min(levels.length - 1, position));
        int below = (int) inside;
        int above = Math.min(levels.length - 1, below + 1);
        return levels[below] + (inside - below) * (levels[above] - levels[below]);
    }
}
