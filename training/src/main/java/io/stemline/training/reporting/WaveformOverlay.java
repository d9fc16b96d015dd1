package io.stemline.training.reporting;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * A reference and an estimate in one plot: the range between the extremes of all channels at each pixel, the estimate laid
 * over the reference so that both can be seen. Samples that are no finite numbers count as silence.
 */
final class WaveformOverlay {

    static final Color REFERENCE = new Color(0x1f, 0x6f, 0xd1);
    static final Color ESTIMATE = new Color(0xf2, 0x8b, 0x28, 0xb4);

    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 320;
    private static final Rectangle PLOT = new Rectangle(70, 44, WIDTH - 90, HEIGHT - 100);
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final int TIME_MARKS = 10;
    private static final int AMPLITUDE_MARKS = 4;

    private final int sampleRateHz;
    private final float[][] reference;
    private final float[][] estimate;

    /**
     * @param reference {@code [channel][frame]}
     * @param estimate of the same shape
     */
    WaveformOverlay(int sampleRateHz, float[][] reference, float[][] estimate) {
        this.sampleRateHz = sampleRateHz;
        this.reference = reference;
        this.estimate = estimate;
    }

    BufferedImage draw(String title) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(PAPER);
            graphics.fillRect(0, 0, WIDTH, HEIGHT);
            double peak = Math.max(peak(reference), peak(estimate));
            Axis amplitude = Axis.roundAround(-peak, peak, AMPLITUDE_MARKS);
            Axis time = Axis.between(0, (double) reference[0].length / sampleRateHz, TIME_MARKS);
            drawAxes(graphics, amplitude, time);
            drawSignal(graphics, reference, REFERENCE, amplitude);
            drawSignal(graphics, estimate, ESTIMATE, amplitude);
            drawHeading(graphics, title);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static void drawHeading(Graphics2D graphics, String title) {
        graphics.setFont(PLAIN.deriveFont(Font.BOLD));
        graphics.setColor(INK);
        graphics.drawString(title, PLOT.x, 26);
        graphics.setFont(PLAIN);
        int x = key(graphics, "estimate", ESTIMATE, PLOT.x + PLOT.width);
        key(graphics, "reference", REFERENCE, x - 20);
    }

    /** Draws a name with its colour so that it ends at a place; gives where it begins. */
    private static int key(Graphics2D graphics, String name, Color colour, int right) {
        int left = right - graphics.getFontMetrics().stringWidth(name);
        graphics.setColor(INK);
        graphics.drawString(name, left, 26);
        graphics.setColor(colour);
        graphics.fillRect(left - 20, 16, 14, 10);
        return left - 20;
    }

    private static void drawAxes(Graphics2D graphics, Axis amplitude, Axis time) {
        graphics.setFont(PLAIN);
        for (double mark : amplitude.marks()) {
            int y = y(amplitude, mark);
            graphics.setColor(GRID);
            graphics.drawLine(PLOT.x, y, PLOT.x + PLOT.width - 1, y);
            graphics.setColor(INK);
            String label = amplitude.label(mark);
            graphics.drawString(label, PLOT.x - 8 - graphics.getFontMetrics().stringWidth(label), y + 5);
        }
        for (double mark : time.marks()) {
            int x = PLOT.x + (int) Math.round(time.position(mark) * (PLOT.width - 1));
            graphics.setColor(GRID);
            graphics.drawLine(x, PLOT.y, x, PLOT.y + PLOT.height);
            graphics.setColor(INK);
            centre(graphics, time.label(mark), x, PLOT.y + PLOT.height + 20);
        }
        centre(graphics, "Time (s)", PLOT.x + PLOT.width / 2, HEIGHT - 12);
    }

    private static void centre(Graphics2D graphics, String label, int x, int y) {
        graphics.drawString(label, x - graphics.getFontMetrics().stringWidth(label) / 2, y);
    }

    private static void drawSignal(Graphics2D graphics, float[][] signal, Color colour, Axis amplitude) {
        graphics.setColor(colour);
        int frames = signal[0].length;
        for (int x = 0; x < PLOT.width && frames > 0; x++) {
            int from = (int) ((long) x * frames / PLOT.width);
            // One sample more, so that neighbouring pixels meet.
            int to = (int) Math.min(frames, (long) (x + 1) * frames / PLOT.width + 1);
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (float[] channel : signal) {
                for (int n = from; n < to; n++) {
                    float sample = finite(channel[n]);
                    lowest = Math.min(lowest, sample);
                    highest = Math.max(highest, sample);
                }
            }
            int top = y(amplitude, highest);
            graphics.fillRect(PLOT.x + x, top, 1, y(amplitude, lowest) - top + 1);
        }
    }

    private static int y(Axis amplitude, double value) {
        return PLOT.y + (int) Math.round((1 - amplitude.position(value)) * (PLOT.height - 1));
    }

    private static double peak(float[][] signal) {
        double peak = 0;
        for (float[] channel : signal) {
            for (float sample : channel) {
                peak = Math.max(peak, Math.abs(finite(sample)));
            }
        }
        return peak;
    }

    static float finite(float sample) {
        return Float.isFinite(sample) ? sample : 0;
    }
}
