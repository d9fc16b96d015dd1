package io.stemline.audio.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;
import java.util.stream.IntStream;

/** A waveform: the range between the extremes in a light colour, that of plus and minus the RMS in a dark one. */
final class WaveformPanel implements Panel {

    /** The RMS of fewer samples than that says nothing that the samples do not. */
    private static final int LEAST_FRAMES_FOR_RMS = 32;

    /** A level is at least half as high as the one above: only one is above half of the plot. */
    private static final double HIGHEST_LEVEL_ONLY = 0.5;

    private final WaveformColumns columns;
    private final int sampleRateHz;
    private final boolean together;

    WaveformPanel(WaveformColumns columns, int sampleRateHz, boolean together) {
        this.columns = columns;
        this.sampleRateHz = sampleRateHz;
        this.together = together;
    }

    @Override
    public double lengthSeconds() {
        return (double) columns.lengthFrames() / sampleRateHz;
    }

    @Override
    public double peak() {
        return columns.peak();
    }

    @Override
    public int leftWidth(Ink ink, int plotHeight, double peak) {
        double scale = Ticks.amplitudeScale(peak);
        int marks = Ticks.level(scale, 0.01).stream()
                .mapToInt(tick -> ink.width(tick.label()))
                .max()
                .orElse(0);
        return Math.max(marks, ink.width("\u2212\u221e")) + ink.texts(0.6);
    }

    @Override
    public int rightWidth(Ink ink) {
        int names = IntStream.range(0, rows().size())
                .map(row -> ink.width(rowName(row)))
                .max()
                .orElse(0);
        return names == 0 ? 0 : names + ink.texts(0.5);
    }

    @Override
    public void draw(Graphics2D graphics, Ink ink, Rectangle plot, double peak, double axisSeconds) {
        double scale = Ticks.amplitudeScale(peak);
        var rows = rows();
        int gap = rows.size() == 1 ? 0 : Math.max(2, ink.texts(0.25));
        double pitch = (double) (plot.height + gap) / rows.size();
        for (int row = 0; row < rows.size(); row++) {
            int top = plot.y + (int) Math.round(row * pitch);
            int bottom = plot.y + (int) Math.round((row + 1) * pitch) - gap;
            var area = new Rectangle(plot.x, top, plot.width, Math.max(1, bottom - top));
            drawGrid(graphics, ink, area, scale);
            drawColumns(graphics, area, rows.get(row), scale, axisSeconds);
            graphics.setColor(Ink.FRAME);
            graphics.drawRect(area.x, area.y, area.width - 1, area.height - 1);
            ink.writeAfter(graphics, rowName(row), area.x + area.width + ink.texts(0.5), area.y + area.height / 2);
        }
    }

    /** The channels of each row, {@code [row][channel]}. */
    private List<int[]> rows() {
        var channels = IntStream.range(0, columns.channels());
        return together
                ? List.of(channels.toArray())
                : channels.mapToObj(channel -> new int[] {channel}).toList();
    }

    private String rowName(int row) {
        return switch (rows().size()) {
            case 1 -> "";
            case 2 -> row == 0 ? "left" : "right";
            default -> Integer.toString(row + 1);
        };
    }

    private static void drawGrid(Graphics2D graphics, Ink ink, Rectangle area, double scale) {
        double half = area.height / 2.0;
        int middle = area.y + area.height / 2;
        graphics.setColor(Ink.GRID);
        graphics.drawLine(area.x, middle, area.x + area.width - 1, middle);
        double leastDistance = ink.texts(1.15) / half;
        boolean labelled = !Ticks.level(scale, leastDistance).isEmpty();
        if (labelled) {
            ink.writeBefore(graphics, "\u2212\u221e", area.x - ink.texts(0.4), middle);
        }
        for (var tick : Ticks.level(scale, labelled ? leastDistance : HIGHEST_LEVEL_ONLY)) {
            int distance = (int) Math.min(half - 1, Math.round(tick.position() * half));
            markLevel(graphics, ink, area, tick.label(), middle - distance);
            // Where there is no room for more, the label above the middle stands for the one below.
            markLevel(graphics, ink, area, labelled ? tick.label() : "", middle + distance);
        }
    }

    private static void markLevel(Graphics2D graphics, Ink ink, Rectangle area, String label, int y) {
        graphics.setColor(Ink.GRID);
        graphics.drawLine(area.x, y, area.x + area.width - 1, y);
        int inside = Math.max(area.y + ink.texts(0.4), Math.min(area.y + area.height - ink.texts(0.4), y));
        ink.writeBefore(graphics, label, area.x - ink.texts(0.4), inside);
    }

    private void drawColumns(Graphics2D graphics, Rectangle area, int[] channels, double scale, double axisSeconds) {
        double framesPerPixel = axisSeconds * sampleRateHz / area.width;
        double low = 0;
        double high = 0;
        for (int x = 0; x < area.width; x++) {
            int first = (int) Math.floor(x * framesPerPixel / columns.framesPerColumn());
            int end = (int) Math.ceil((x + 1) * framesPerPixel / columns.framesPerColumn());
            if (first >= columns.columns()) {
                return;
            }
            end = Math.max(first + 1, Math.min(end, columns.columns()));
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            double energy = 0;
            long frames = 0;
            for (int channel : channels) {
                for (int column = first; column < end; column++) {
                    lowest = Math.min(lowest, columns.lowest(channel, column));
                    highest = Math.max(highest, columns.highest(channel, column));
                    energy += columns.energy(channel, column);
                    frames += columns.frames(column);
                }
            }
            // A line from sample to sample has no gaps where neighbouring columns do not overlap.
            double from = x == 0 ? lowest : Math.min(lowest, high);
            double to = x == 0 ? highest : Math.max(highest, low);
            fill(graphics, Ink.EXTREMES, area, x, from / scale, to / scale);
            if (columns.framesPerColumn() >= LEAST_FRAMES_FOR_RMS) {
                double rms = Math.sqrt(energy / frames);
                fill(graphics, Ink.RMS, area, x, Math.max(-rms, lowest) / scale, Math.min(rms, highest) / scale);
            }
            low = lowest;
            high = highest;
        }
    }

    private static void fill(Graphics2D graphics, Color colour, Rectangle area, int x, double from, double to) {
        int half = area.height / 2;
        int middle = area.y + half;
        int top = Math.max(area.y, middle - (int) Math.round(to * half));
        int bottom = Math.min(area.y + area.height - 1, middle - (int) Math.round(from * half));
        if (top <= bottom) {
            graphics.setColor(colour);
            graphics.fillRect(area.x + x, top, 1, bottom - top + 1);
        }
    }
}
