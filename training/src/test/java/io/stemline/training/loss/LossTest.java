package io.stemline.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.training.graph.Evaluated;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LossTest {
    private static final Set<Quantity> LEARNED = EnumSet.of(
            Quantity.ESTIMATE,
            Quantity.MASK,
            Quantity.ESTIMATE_RE,
            Quantity.ESTIMATE_IM,
            Quantity.ESTIMATE_WAVEFORM,
            Quantity.LATENT_MEAN,
            Quantity.LATENT_LOG_SIGMA,
            Quantity.EMBEDDING);
    private static final Scene SCENE = Scene.random();
    private static final MultiResolutionLoss TWO_RESOLUTIONS = new MultiResolutionLoss(
            List.of(new MultiResolutionLoss.Resolution(16, 12, 4), new MultiResolutionLoss.Resolution(8, 8, 3)));
    private static final ChangeOverLoss CHANGE = new ChangeOverLoss(new AbsoluteLoss(), new DecibelLoss(), 200);

    /** A loss, how JSON names it, and its formula. */
    private record Case(String name, Loss loss, NaiveLosses.Naive naive) {
        @Override
        public String toString() {
            return loss.toString();
        }
    }

    private static Stream<Case> losses() {
        return Stream.of(
                new Case("absolute", new AbsoluteLoss(), NaiveLosses::absolute),
                new Case("decibel", new DecibelLoss(), NaiveLosses::decibel),
                new Case(
                        "l1",
                        new L1Loss(Domain.MAGNITUDE),
                        x -> NaiveLosses.difference(x, 1, Quantity.ESTIMATE, Quantity.TARGET)),
                new Case(
                        "l1",
                        new L1Loss(Domain.SPECTRUM),
                        x -> NaiveLosses.difference(
                                x,
                                1,
                                Quantity.ESTIMATE_RE,
                                Quantity.TARGET_RE,
                                Quantity.ESTIMATE_IM,
                                Quantity.TARGET_IM)),
                new Case(
                        "l2",
                        new L2Loss(Domain.PROJECTED),
                        x -> NaiveLosses.difference(x, 2, Quantity.ESTIMATE, Quantity.PROJECTED_TARGET)),
                new Case(
                        "l2",
                        new L2Loss(Domain.WAVEFORM),
                        x -> NaiveLosses.difference(x, 2, Quantity.ESTIMATE_WAVEFORM, Quantity.TARGET_WAVEFORM)),
                new Case(
                        "rmse",
                        new RmseLoss(Domain.MAGNITUDE),
                        x -> Math.sqrt(NaiveLosses.difference(x, 2, Quantity.ESTIMATE, Quantity.TARGET))),
                new Case("mask", new MaskLoss(false), x -> NaiveLosses.mask(x, false)),
                new Case("mask", new MaskLoss(true), x -> NaiveLosses.mask(x, true)),
                new Case("component", ComponentLoss.ofTwoTerms(), x -> NaiveLosses.component(x, 0.2, 0)),
                new Case("component", ComponentLoss.ofThreeTerms(), x -> NaiveLosses.component(x, 0.2, 0.2)),
                new Case("kl", new KlLoss(), NaiveLosses::kl),
                new Case("si-sdr", new SiSdrLoss(), NaiveLosses::siSdr),
                new Case("snr", SnrLoss.standard(), x -> NaiveLosses.snr(x, 30)),
                new Case("snr", new SnrLoss(3), x -> NaiveLosses.snr(x, 3)),
                new Case(
                        "multi-resolution",
                        TWO_RESOLUTIONS,
                        x -> (NaiveLosses.spectral(x, 16, 12, 4) + NaiveLosses.spectral(x, 8, 8, 3)) / 2),
                new Case(
                        "deep-clustering",
                        new DeepClusteringLoss(DeepClusteringLoss.Weighting.EQUAL),
                        x -> NaiveLosses.deepClustering(x, false)),
                new Case(
                        "deep-clustering",
                        new DeepClusteringLoss(DeepClusteringLoss.Weighting.MAGNITUDE),
                        x -> NaiveLosses.deepClustering(x, true)),
                new Case(
                        "sum",
                        new SumLoss(List.of(
                                new SumLoss.Term(2, new L1Loss(Domain.MAGNITUDE)),
                                new SumLoss.Term(0.1, new KlLoss()))),
                        x -> 2 * NaiveLosses.difference(x, 1, Quantity.ESTIMATE, Quantity.TARGET)
                                + 0.1 * NaiveLosses.kl(x)),
                new Case("change-over", CHANGE, x -> 0.75 * NaiveLosses.absolute(x) + 0.25 * NaiveLosses.decibel(x)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theLossIsThatOfItsFormula(Case each) {
        // When
        double found = SCENE.loss(each.loss());

        // Then
        double expected = each.naive().of(doubles());
        assertThat(found).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAreDifferenceQuotientsOfTheFormula(Case each) {
        // When
        Map<Quantity, float[]> gradients =
                SCENE.evaluate(each.loss(), learned(each.loss())).gradients();

        // Then
        assertThat(gradients).isNotEmpty();
        gradients.forEach((quantity, gradient) -> {
            Map<Quantity, double[]> moved = doubles();
            double[] expected = Evaluated.numericalGradient(SCENE.values().get(quantity), 1e-6, x -> {
                moved.put(quantity, x);
                return each.naive().of(moved);
            });
            assertThat(Evaluated.relativeError(gradient, expected))
                    .as(quantity.name())
                    .isLessThan(1e-4);
        });
    }

    @ParameterizedTest
    @MethodSource("losses")
    void silenceHasAFiniteLossAndFiniteGradients(Case each) {
        // Given
        Set<Quantity> truth = EnumSet.of(
                Quantity.TARGET,
                Quantity.PROJECTED_TARGET,
                Quantity.TARGET_RE,
                Quantity.TARGET_IM,
                Quantity.TARGET_WAVEFORM);
        Set<Quantity> mixture = EnumSet.of(Quantity.MIXTURE);
        List<Scene> scenes = List.of(
                Scene.silence(),
                SCENE.silenced(truth),
                SCENE.silenced(LEARNED),
                SCENE.silenced(mixture),
                Scene.silence().with(Quantity.ESTIMATE_WAVEFORM, SCENE.values().get(Quantity.ESTIMATE_WAVEFORM)));

        for (Scene scene : scenes) {
            // When
            Scene.Result result = scene.evaluate(each.loss(), learned(each.loss()));

            // Then
            assertThat(result.loss()).isFinite();
            result.gradients().forEach((quantity, gradient) -> {
                for (float value : gradient) {
                    assertThat(value).as(quantity.name()).isFinite();
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aLossIsTheSameAfterReadingItFromJson(Case each) throws Exception {
        // Given
        ObjectMapper json = new ObjectMapper();

        // When
        String written = json.writerFor(Loss.class).writeValueAsString(each.loss());

        // Then
        assertThat(json.readTree(written).get("loss").textValue()).isEqualTo(each.name());
        assertThat(json.readValue(written, Loss.class)).isEqualTo(each.loss());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aLossNeedsAllItSaysItNeeds(Case each) {
        for (Quantity missing : each.loss().needs()) {
            // Then
            try (Graph graph = new Graph()) {
                Ops tf = Ops.create(graph);
                LossInputs inputs = LossInputs.none();
                for (Quantity quantity : each.loss().needs()) {
                    if (quantity != missing) {
                        inputs = inputs.with(
                                quantity,
                                tf.constant(Evaluated.tensor(
                                        Scene.shape(quantity, Scene.BATCH),
                                        SCENE.values().get(quantity))));
                    }
                }
                LossInputs lacking = inputs;
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> each.loss().of(tf, lacking))
                        .withMessage("The loss needs " + missing + ", which this network does not give");
            }
        }
    }

    @Test
    void lossesDoNotChangeWithTheLevelTheyIgnore() {
        // Given
        Set<Quantity> everything = new HashSet<>(EnumSet.allOf(Quantity.class));
        everything.removeAll(EnumSet.of(Quantity.LATER_SHARE, Quantity.MASK, Quantity.EMBEDDING));
        Scene louder = SCENE.scaled(8, everything);
        Scene louderEstimates = SCENE.scaled(8, Set.of(Quantity.ESTIMATE_WAVEFORM));

        // Then
        List<Loss> ignoreTheLevelOfAll = List.of(
                new AbsoluteLoss(),
                new DecibelLoss(),
                new MaskLoss(false),
                new SiSdrLoss(),
                SnrLoss.standard(),
                TWO_RESOLUTIONS,
                new DeepClusteringLoss(DeepClusteringLoss.Weighting.MAGNITUDE));
        for (Loss loss : ignoreTheLevelOfAll) {
            assertThat(louder.loss(loss)).as(loss.toString()).isCloseTo(SCENE.loss(loss), within(2e-5f));
        }
        assertThat(louderEstimates.loss(new SiSdrLoss())).isCloseTo(SCENE.loss(new SiSdrLoss()), within(2e-5f));
        assertThat(louderEstimates.loss(SnrLoss.standard())).isGreaterThan(SCENE.loss(SnrLoss.standard()) + 10);
    }

    @Test
    void silentTargetsCountNothingInTheScaleInvariantLoss() {
        // Given: of eight outputs, the second half silent, without changing the first
        float[] target = SCENE.values().get(Quantity.TARGET_WAVEFORM).clone();
        int half = target.length / 2;
        float[] mirrored = target.clone();
        float[] estimate = SCENE.values().get(Quantity.ESTIMATE_WAVEFORM).clone();
        System.arraycopy(target, 0, mirrored, half, half);
        System.arraycopy(estimate, 0, estimate, half, half);
        Arrays.fill(target, half, target.length, 0);

        // When
        Scene estimated = SCENE.with(Quantity.ESTIMATE_WAVEFORM, estimate);
        float twice = estimated.with(Quantity.TARGET_WAVEFORM, mirrored).loss(new SiSdrLoss());
        float once = estimated.with(Quantity.TARGET_WAVEFORM, target).loss(new SiSdrLoss());

        // Then
        assertThat(once).isCloseTo(twice, within(1e-5f));
    }

    @Test
    void perfectEstimatesHaveTheSmallestLoss() {
        // Given
        Scene perfect = SCENE.with(Quantity.ESTIMATE, SCENE.values().get(Quantity.PROJECTED_TARGET))
                .with(Quantity.ESTIMATE_WAVEFORM, SCENE.values().get(Quantity.TARGET_WAVEFORM));

        // Then
        assertThat(perfect.loss(new AbsoluteLoss())).isZero();
        assertThat(perfect.loss(new DecibelLoss())).isCloseTo((float) Math.log10(0.002), within(1e-5f));
        assertThat(perfect.loss(new RmseLoss(Domain.PROJECTED))).isCloseTo(0, within(1e-7f));
        assertThat(perfect.loss(SnrLoss.standard())).isCloseTo(-30, within(1e-3f));
        assertThat(perfect.loss(new SiSdrLoss())).isLessThan(-90);
        assertThat(perfect.loss(TWO_RESOLUTIONS)).isCloseTo(0, within(1e-6f));
    }

    @Test
    void aLossChangesOverAtItsStep() throws Exception {
        // Given
        Loss sum = new SumLoss(List.of(new SumLoss.Term(1, CHANGE), new SumLoss.Term(0.1, new KlLoss())));

        // Then
        assertThat(List.of(sum.laterShare(0), sum.laterShare(199), sum.laterShare(200)))
                .containsExactly(0.0, 0.0, 1.0);
        assertThat(new KlLoss().laterShare(1000)).isZero();
        assertThat(SCENE.with(Quantity.LATER_SHARE, 0).loss(CHANGE)).isEqualTo(SCENE.loss(new AbsoluteLoss()));
        assertThat(SCENE.with(Quantity.LATER_SHARE, 1).loss(CHANGE)).isEqualTo(SCENE.loss(new DecibelLoss()));
    }

    @Test
    void costlyQuantitiesAreMadeOnceAndOnlyIfNeeded() {
        // Given
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            AtomicInteger made = new AtomicInteger();
            var waveform = tf.constant(new float[2][4][40]);
            var magnitudes = tf.constant(new float[2][3][5][4]);
            LossInputs inputs = LossInputs.none()
                    .with(Quantity.ESTIMATE, magnitudes)
                    .with(Quantity.TARGET, magnitudes)
                    .with(Quantity.TARGET_WAVEFORM, waveform)
                    .withLazy(Quantity.ESTIMATE_WAVEFORM, () -> {
                        made.incrementAndGet();
                        return waveform;
                    });

            // When
            new L1Loss(Domain.MAGNITUDE).of(tf, inputs);
            int beforeWaveforms = made.get();
            new SiSdrLoss().of(tf, inputs);
            new L1Loss(Domain.WAVEFORM).of(tf, inputs);

            // Then
            assertThat(beforeWaveforms).isZero();
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void theStandardResolutionsTransformASecondOfSound() {
        // When
        float loss;
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            LossInputs inputs = LossInputs.none()
                    .with(Quantity.ESTIMATE_WAVEFORM, tf.constant(new float[1][1][44_100]))
                    .with(Quantity.TARGET_WAVEFORM, tf.constant(new float[][][] {{Evaluated.noise(1, 44_100)}}));
            var result = MultiResolutionLoss.standard().of(tf, inputs);
            try (var session = new Session(graph);
                    var fetched = session.runner().fetch(result).run()) {
                loss = ((TFloat32) fetched.get(0)).getFloat();
            }
        }

        // Then: all of the spectrum is missing, and its logarithm lies about 14 above that of silence
        assertThat(loss).isBetween(1f + 13, 1f + 16);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        // Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ComponentLoss(0.2, 0.8))
                .withMessageContaining("1 - alpha - beta, which must be above 0")
                .withMessageContaining("alpha is 0.2 and beta 0.8");
        refused(() -> new ComponentLoss(-0.1, 0.2));
        refused(() -> new ComponentLoss(Double.NaN, 0.2));
        refused(() -> new SnrLoss(0));
        refused(() -> new L1Loss(null));
        refused(() -> new DeepClusteringLoss(null));
        refused(() -> new MultiResolutionLoss(List.of()));
        refused(() -> new MultiResolutionLoss.Resolution(512, 600, 120));
        refused(() -> new SumLoss(List.of()));
        refused(() -> new SumLoss.Term(0, new KlLoss()));
        refused(() -> new SumLoss(List.of(new SumLoss.Term(1, CHANGE), new SumLoss.Term(1, CHANGE))));
        refused(() -> new ChangeOverLoss(CHANGE, new KlLoss(), 5));
        refused(() -> new ChangeOverLoss(new KlLoss(), new KlLoss(), 0));
        assertThatThrownBy(() -> new ObjectMapper()
                        .readValue("{\"loss\": \"component\", \"alpha\": 0.2, \"beta\": 0.8}", Loss.class))
                .hasMessageContaining("must be above 0");
    }

    private static void refused(ThrowingCallable callable) {
        assertThatIllegalArgumentException().isThrownBy(callable);
    }

    private static Set<Quantity> learned(Loss loss) {
        Set<Quantity> learned = EnumSet.copyOf(LEARNED);
        learned.retainAll(loss.needs());
        return learned;
    }

    private static Map<Quantity, double[]> doubles() {
        Map<Quantity, double[]> doubles = new EnumMap<>(Quantity.class);
        SCENE.values().forEach((quantity, values) -> doubles.put(quantity, Evaluated.doubles(values)));
        return doubles;
    }
}
