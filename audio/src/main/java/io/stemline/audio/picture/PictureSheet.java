package io.stemline.audio.picture;

import io.stemline.audio.picture.Ticks.TimeAxis;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;

/**
 * Pictures below each other over one time axis, so that what sounds at the same time stands in one line. Pictures of one kind
 * share their scale: what is brighter or higher is louder, also between two of them.
 *
 * <pre>{@code
 * PictureSheet.titled("A song", 1600)
 *         .add("mixture", mixtureWaveform.channelsTogether(), 80)
 *         .add("", mixtureSpectrogram, 160)
 *         .add("vocals", vocalsWaveform.channelsTogether(), 80)
 *         .writePng(file);
 * }</pre>
 */
public final class PictureSheet {

    private static final int LEAST_PLOT_HEIGHT = 16;

    private final String title;
    private final int widthPixels;
    private final List<Row> rows = new ArrayList<>();

    private PictureSheet(String title, int widthPixels) {
        this.title = title;
        this.widthPixels = widthPixels;
    }

    private record Row(String name, TrackPicture picture, int plotHeight) {}

    /** A row as it is drawn. */
    private record Placed(String name, Panel panel, double peak, int nameMiddle, int top, int height) {}

    static {
        // There is no screen where pictures are drawn, and Java need not look for one.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        ImageIO.setUseCache(false);
    }

    /**
     * A sheet without pictures.
     *
     * @param title stands above, in any script; cut where it is too long; none if blank
     */
    public static PictureSheet titled(String title, int widthPixels) {
        return new PictureSheet(title, new PictureSize(widthPixels, PictureSize.LEAST_HEIGHT).widthPixels());
    }

    /** A sheet of a picture alone, in the picture's size. */
    static PictureSheet of(TrackPicture picture, String title) {
        var sheet = new PictureSheet(title, picture.size().widthPixels());
        int around = sheet.aboveRows(new Ink(sheet.widthPixels)) + belowRows(new Ink(sheet.widthPixels));
        return sheet.add("", picture, Math.max(LEAST_PLOT_HEIGHT, picture.size().heightPixels() - around));
    }

    /**
     * Adds a picture below the others.
     *
     * @param name stands above it; none if blank
     * @param plotHeightPixels the height of its plot, at least {@value #LEAST_PLOT_HEIGHT}
     */
    public PictureSheet add(String name, TrackPicture picture, int plotHeightPixels) {
        if (plotHeightPixels < LEAST_PLOT_HEIGHT || plotHeightPixels > PictureSize.GREATEST) {
            throw new IllegalArgumentException("A plot is between %d and %d pixels high, not %d"
                    .formatted(LEAST_PLOT_HEIGHT, PictureSize.GREATEST, plotHeightPixels));
        }
        rows.add(new Row(name, picture, plotHeightPixels));
        return this;
    }

    /**
     * Draws what the pictures show now.
     *
     * @throws PictureException if Java cannot draw here
     */
    public BufferedImage draw() {
        try {
            return drawn();
        } catch (LinkageError | InternalError e) {
            throw new PictureException(
                    "pictures cannot be drawn by this Java (" + e
                            + "); it needs the module java.desktop, the library fontconfig and a font",
                    e);
        }
    }

    /**
     * Draws and writes a PNG file: the whole of it, or nothing.
     *
     * @throws PictureException if Java cannot draw here, or the file cannot be written
     */
    public void writePng(Path file) {
        var image = draw();
        var unfinished = file.resolveSibling("." + UUID.randomUUID() + ".png");
        try {
            try (var output = Files.newOutputStream(unfinished)) {
                ImageIO.write(image, "png", output);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PictureException(file + ": the picture cannot be written (" + e + ")", e);
        } finally {
            deleteIfThere(unfinished);
        }
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new PictureException(file + ": cannot be deleted (" + e + ")", e);
        }
    }

    private BufferedImage drawn() {
        var ink = new Ink(widthPixels);
        var placed = place(ink);
        double axisSeconds = placed.stream()
                .mapToDouble(row -> row.panel().lengthSeconds())
                .max()
                .orElse(0);
        int left = ink.texts(0.5)
                + placed.stream()
                        .mapToInt(row -> row.panel().leftWidth(ink, row.height(), row.peak()))
                        .max()
                        .orElse(0);
        int right = widthPixels - rightMargin(ink, placed, axisSeconds);
        int bottom = placed.isEmpty()
                ? aboveRows(ink)
                : placed.getLast().top() + placed.getLast().height();
        var image = new BufferedImage(widthPixels, bottom + belowRows(ink), BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            Ink.prepare(graphics);
            graphics.setColor(Ink.PAPER);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            ink.writeLine(graphics, ink.title(), title, left, ink.texts(1.1), widthPixels - left - ink.texts(0.5));
            var time = Ticks.time(axisSeconds, right - left, ink::width);
            for (Placed row : placed) {
                var plot = new Rectangle(left, row.top(), right - left, row.height());
                ink.writeLine(graphics, ink.bold(), row.name(), left, row.nameMiddle(), plot.width);
                row.panel().draw(graphics, ink, plot, row.peak(), axisSeconds);
                markTimes(graphics, ink, plot, time, axisSeconds);
            }
            labelTimes(graphics, ink, new Rectangle(left, bottom, right - left, 0), time, axisSeconds);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private List<Placed> place(Ink ink) {
        var panels = rows.stream().map(row -> row.picture().panel()).toList();
        var placed = new ArrayList<Placed>();
        int y = aboveRows(ink);
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var panel = panels.get(i);
            double peak = panels.stream()
                    .filter(other -> other.getClass() == panel.getClass())
                    .mapToDouble(Panel::peak)
                    .max()
                    .orElse(0);
            boolean named = !row.name().isBlank();
            y += i == 0 && !named ? 0 : ink.texts(named ? 0.5 : 0.35);
            int nameMiddle = y + ink.texts(0.6);
            y += named ? ink.texts(1.35) : 0;
            placed.add(new Placed(row.name(), panel, peak, nameMiddle, y, row.plotHeight()));
            y += row.plotHeight();
        }
        return placed;
    }

    private int aboveRows(Ink ink) {
        return title.isBlank() ? ink.texts(0.8) : ink.texts(2.1);
    }

    private static int belowRows(Ink ink) {
        return ink.texts(3.3);
    }

    private static int rightMargin(Ink ink, List<Placed> placed, double axisSeconds) {
        int panels = placed.stream()
                .mapToInt(row -> row.panel().rightWidth(ink))
                .max()
                .orElse(0);
        // The last time may stand at the very end of the axis, half of it beyond.
        var times = Ticks.time(axisSeconds, PictureSize.LEAST_WIDTH, ink::width).ticks();
        int halfOfLast = ink.width(times.getLast().label()) / 2;
        return Math.max(panels, halfOfLast) + ink.texts(0.6);
    }

    private static int x(Rectangle plot, double seconds, double axisSeconds) {
        return plot.x + (axisSeconds == 0 ? 0 : (int) Math.round(seconds / axisSeconds * (plot.width - 1)));
    }

    private static void markTimes(Graphics2D graphics, Ink ink, Rectangle plot, TimeAxis time, double axisSeconds) {
        graphics.setColor(Ink.FRAME);
        for (var tick : time.ticks()) {
            int x = x(plot, tick.position(), axisSeconds);
            graphics.drawLine(x, plot.y + plot.height, x, plot.y + plot.height + ink.texts(0.25));
        }
    }

    private static void labelTimes(Graphics2D graphics, Ink ink, Rectangle axis, TimeAxis time, double axisSeconds) {
        for (var tick : time.ticks()) {
            ink.writeAround(graphics, tick.label(), x(axis, tick.position(), axisSeconds), axis.y + ink.texts(0.95));
        }
        ink.writeAround(graphics, "Time (" + time.unit() + ")", axis.x + axis.width / 2, axis.y + ink.texts(2.35));
    }
}
