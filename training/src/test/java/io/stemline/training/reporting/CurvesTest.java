package io.stemline.training.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stemline.training.reporting.History.Point;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CurvesTest {

    @Test
    void aPointOfALineLiesWhereTheLabelsOfTheAxesSay() throws Exception {
        // Given
        List<Point> history =
                List.of(point(0, "loss/training", 2), point(50, "loss/training", 2.5), point(100, "loss/training", 6));

        // When
        Document picture = parse(Curves.svg(history, "my_model", "dB"));

        // Then: the point of step 50 and loss 2.5 against the labels of the axes
        double[] second = points(text(picture, "//*[local-name()='path']/@d")).get(1);
        double x0 = number(picture, "//*[text()='0' and @text-anchor='middle']/@x");
        double x100 = number(picture, "//*[text()='100']/@x");
        double y2 = number(picture, "//*[text()='2']/@y") - 4;
        double y6 = number(picture, "//*[text()='6']/@y") - 4;
        assertThat(second[0]).isCloseTo((x0 + x100) / 2, within(0.11));
        assertThat(second[1]).isCloseTo(y2 + (y6 - y2) / 8, within(0.11));
    }

    @Test
    void theLegendHasEveryTargetWithItsLastFigure() throws Exception {
        // Given
        List<Point> history = List.of(
                point(10, "validation/mean", -5),
                point(10, "validation/bass", -4),
                point(10, "validation/vocals", -6),
                point(20, "validation/mean", -5.5),
                point(20, "validation/bass", Double.NaN),
                point(20, "validation/vocals", -7.126));

        // When
        Document picture = parse(Curves.svg(history, "my_model", "dB"));

        // Then
        assertThat(texts(picture))
                .contains("Validation (dB)", "● vocals −7.13 dB\u2003 ● bass −4.00 dB\u2003 ● mean −5.50 dB", "Step")
                .doesNotContain("Loss", "Learning rate");
    }

    @Test
    void aGapInTheFiguresIsAGapInTheLine() throws Exception {
        // Given
        List<Point> history = List.of(
                point(0, "loss/training", 1),
                point(1, "loss/training", 2),
                point(2, "loss/training", Double.NaN),
                point(3, "loss/training", 2));

        // When
        String path = text(parse(Curves.svg(history, "my_model", "")), "//*[local-name()='path']/@d");

        // Then
        assertThat(path).matches("M[\\d. ]+L[\\d. ]+M[\\d. ]+");
    }

    @Test
    void learningRatesLieOnALogarithmicAxis() throws Exception {
        // Given
        List<Point> history =
                List.of(point(0, "learning-rate", 0), point(1, "learning-rate", 1e-2), point(2, "learning-rate", 1e-6));

        // When
        Document picture = parse(Curves.svg(history, "my_model", ""));

        // Then
        double top = number(picture, "//*[@class='number' and text()='0.01']/@y");
        double middle = number(picture, "//*[text()='0.0001']/@y");
        double bottom = number(picture, "//*[@class='number' and text()='10⁻⁶']/@y");
        assertThat(middle).isCloseTo((top + bottom) / 2, within(0.11));
        assertThat(points(text(picture, "//*[local-name()='path']/@d"))).hasSize(2);
    }

    @Test
    void aLongNoisyLossIsThinnedAndHasItsMeanOverIt() throws Exception {
        // Given: 100,000 steps around 3
        var random = new Random(1);
        List<Point> history = IntStream.range(0, 100_000)
                .mapToObj(step -> point(step, "loss/training", 3 + random.nextGaussian()))
                .toList();

        // When
        String svg = Curves.svg(history, "my_model", "");

        // Then
        Document picture = parse(svg);
        double middle = (number(picture, "//*[text()='2']/@y") + number(picture, "//*[text()='4']/@y")) / 2 - 4;
        assertThat(svg.length()).isLessThan(100_000);
        assertThat(points(text(picture, "//*[@class='s0']/@d")))
                .allSatisfy(point -> assertThat(point[1]).isCloseTo(middle, within(6.0)));
    }

    @Test
    void aRunWithoutFiguresHasAPictureThatSaysSo() throws Exception {
        // When
        Document picture = parse(Curves.svg(List.of(), "a <b> & \"c\"", ""));

        // Then
        assertThat(texts(picture)).containsExactly("a <b> & \"c\"", "nothing has been measured yet");
    }

    @Test
    void theSameFiguresGiveTheSamePicture(@TempDir Path folder) {
        // Given
        Path file = folder.resolve("runs/history.csv");
        var points = new ArrayList<Point>();
        try (var history = History.open(file, 0)) {
            for (int step = 0; step < 300; step++) {
                points.add(new Point(step, 10 * step, "loss/training", 1.0 / (step + 1)));
                history.add(points.getLast());
            }
        }

        // When
        Curves.write(file, folder.resolve("curves.svg"), "my_model", "");

        // Then
        assertThat(folder.resolve("curves.svg"))
                .content(StandardCharsets.UTF_8)
                .isEqualTo(Curves.svg(points, "my_model", ""))
                .contains("step 299, 49 min 50 s")
                .contains("prefers-color-scheme: dark");
    }

    private static Point point(long step, String name, double value) {
        return new Point(step, step, name, value);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    private static String text(Document picture, String path) throws Exception {
        String text = XPathFactory.newInstance().newXPath().evaluate(path, picture);
        assertThat(text).as(path).isNotEmpty();
        return text;
    }

    private static double number(Document picture, String path) throws Exception {
        return Double.parseDouble(text(picture, path));
    }

    private static List<String> texts(Document picture) throws Exception {
        var nodes = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate("//*[local-name()='text']", picture, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent().replace('\u00a0', ' '))
                .toList();
    }

    private static List<double[]> points(String path) {
        return List.of(path.substring(1).split("[ML]")).stream()
                .map(point -> point.split(" "))
                .map(point -> new double[] {Double.parseDouble(point[0]), Double.parseDouble(point[1])})
                .toList();
    }
}
