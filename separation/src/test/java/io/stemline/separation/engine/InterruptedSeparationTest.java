package io.stemline.separation.engine;

import static io.stemline.separation.TestAudio.music;
import static io.stemline.separation.TestAudio.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stemline.audio.AudioFormat;
import io.stemline.separation.SavedModels;
import io.stemline.separation.SeparationCancelledException;
import io.stemline.separation.SeparationException;
import io.stemline.separation.TestAudio;
import io.stemline.separation.TestAudio.GeneratedSource;
import io.stemline.separation.TestAudio.MemoryStems;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.Representation;
import io.stemline.separation.streaming.Cancellation;
import io.stemline.separation.streaming.NullEstimator;
import io.stemline.separation.streaming.Segment;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.StemEstimator;
import io.stemline.separation.streaming.StemOutputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a separation cannot go on, or must not. */
@Timeout(60)
class InterruptedSeparationTest {

    private static final AudioFormat STEREO = new AudioFormat(44_100, 2);
    private static final long HOURS = 10L * 3600 * 44_100;

    @TempDir
    private Path folder;

    private final SeparationEngine engine = SeparationEngine.open(SeparationSettings.defaults());

    @AfterEach
    void everyThreadIsGone() {
        engine.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("stemline-"));
    }

    @Test
    void aSourceThatFailsIsTheCauseOfTheFailure() {
        // Given
        var failure = new UncheckedIOException("song.flac: the disk is gone", new IOException());
        var mixture = new GeneratedSource(STEREO, HOURS) {
            @Override
            public int read(float[][] block, int offset, int frames) {
                if (position() > 200_000) {
                    throw failure;
                }
                return super.read(block, offset, frames);
            }
        };
        var stems = new MemoryStems();

        // When
        // Then
        assertThatThrownBy(() -> engine.separate("null", mixture, stems))
                .isInstanceOf(SeparationException.class)
                .hasMessage("song.flac: the disk is gone")
                .hasCause(failure);
        assertThat(stems.allClosed()).isTrue();
    }

    @Test
    void aSinkThatFailsStopsTheReadingOfTheMixture() {
        // Given
        var failure = new UncheckedIOException("bass.wav: no space left", new IOException());
        var mixture = new GeneratedSource(STEREO, HOURS);
        StemOutputs outputs = (stem, format) -> new TestAudio.ForgetfulSink(format) {
            @Override
            public void write(float[][] block, int offset, int frames) {
                if (stem.equals("bass")) {
                    throw failure;
                }
            }
        };

        // When
        var thrown = catchThrowable(() -> engine.separate("null", mixture, outputs));

        // Then
        assertThat(thrown).isSameAs(failure);
        assertThat(mixture.position()).isLessThan(10_000_000);
    }

    @Test
    void aSinkThatCannotBeFinishedFailsTheSeparation() {
        // Given
        var failure = new UncheckedIOException("drums.wav: no space left", new IOException());
        var closed = new ArrayList<String>();
        StemOutputs outputs = (stem, format) -> new TestAudio.ForgetfulSink(format) {
            @Override
            public void close() {
                closed.add(stem);
                if (stem.equals("drums")) {
                    throw failure;
                }
            }
        };

        // When
        var thrown = catchThrowable(() -> engine.separate("null", source(music(44_100, 2, 1000)), outputs));

        // Then
        assertThat(thrown).isSameAs(failure);
        assertThat(closed).containsExactlyInAnyOrder("vocals", "drums", "bass", "other");
    }

    @Test
    void aNetworkThatFailsIsTheCauseOfTheFailure() {
        // Given
        var failure = new IllegalStateException("out of memory on the device");
        engine.add(new TestEstimator("failing") {
            @Override
            public void estimate(List<Segment> batch) {
                throw failure;
            }
        });

        // When
        // Then
        assertThatThrownBy(() -> engine.separate("failing", new GeneratedSource(STEREO, HOURS), new MemoryStems()))
                .isInstanceOf(SeparationException.class)
                .hasMessage("out of memory on the device")
                .hasCause(failure);
    }

    @Test
    void aNetworkThatAnswersWithNoNumberIsRefused() throws IOException {
        // Given
        var models = new SavedModels(folder);
        engine.load(models.spectrogramModel(SavedModels.card("broken").build(), (tf, mixture) -> {
            var nothing = tf.math.mul(mixture, tf.constant(0f));
            var notANumber = tf.math.div(nothing, nothing);
            return tf.concat(List.of(notANumber, nothing, nothing), tf.constant(-1));
        }));

        // When
        // Then
        assertThatThrownBy(() -> engine.separate("broken", source(music(44_100, 2, 10_000)), new MemoryStems()))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model 'broken': the network answered with a number that is not finite");
    }

    @Test
    void aMixtureWithoutNumbersIsRefused() {
        // Given
        var mixture = music(44_100, 2, 20_000);
        mixture.channel(1)[9_000] = Float.NaN;

        // When
        // Then
        assertThatThrownBy(() -> engine.separate("null", source(mixture), new MemoryStems()))
                .isInstanceOf(SeparationException.class)
                .hasMessage("the mixture has a sample that is not a number, in channel 1 at frame 9000");
    }

    @Test
    void aTokenCancels() throws Exception {
        // Given
        var running = new CountDownLatch(1);
        var cancellation = new Cancellation();
        var options = SeparationOptions.none()
                .withCancellation(cancellation)
                .withListener((done, total) -> running.countDown());

        // When
        var separation = inBackground(
                () -> engine.separate("null", new GeneratedSource(STEREO, HOURS), TestAudio::forget, options));
        running.await();
        cancellation.cancel();

        // Then
        assertThatThrownBy(separation::get)
                .hasCauseInstanceOf(SeparationCancelledException.class)
                .hasMessageContaining("the separation was cancelled");
    }

    @Test
    void aTokenThatWasCancelledBeforeCancelsAtOnce() {
        // Given
        var cancellation = new Cancellation();
        cancellation.cancel();
        var mixture = new GeneratedSource(STEREO, HOURS);

        // When
        // Then
        assertThatThrownBy(() -> engine.separate(
                        "null",
                        mixture,
                        TestAudio::forget,
                        SeparationOptions.none().withCancellation(cancellation)))
                .isInstanceOf(SeparationCancelledException.class);
        assertThat(mixture.position()).isLessThan(10_000_000);
    }

    @Test
    void anInterruptCancels() throws Exception {
        // Given
        var running = new CountDownLatch(1);
        var thrown = new AtomicReference<Throwable>();
        var interrupted = new AtomicReference<Boolean>();
        var options = SeparationOptions.none().withListener((done, total) -> running.countDown());
        var caller = Thread.ofPlatform().start(() -> {
            thrown.set(catchThrowable(
                    () -> engine.separate("null", new GeneratedSource(STEREO, HOURS), TestAudio::forget, options)));
            interrupted.set(Thread.currentThread().isInterrupted());
        });

        // When
        running.await();
        caller.interrupt();
        caller.join();

        // Then
        assertThat(thrown.get()).isInstanceOf(SeparationCancelledException.class);
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void closingTheEngineFailsWhatIsInFlight() throws Exception {
        // Given
        var running = new CountDownLatch(1);
        var options = SeparationOptions.none().withListener((done, total) -> running.countDown());
        var separation = inBackground(
                () -> engine.separate("null", new GeneratedSource(STEREO, HOURS), TestAudio::forget, options));
        running.await();

        // When
        engine.close();

        // Then
        assertThatThrownBy(separation::get)
                .hasCauseInstanceOf(SeparationException.class)
                .hasMessageContaining("model 'null' was closed while it was in use");
    }

    @Test
    void anUnloadedModelFinishesItsTracks() throws Exception {
        // Given
        var running = new CountDownLatch(1);
        var options = SeparationOptions.none().withListener((done, total) -> running.countDown());
        var separation = inBackground(
                () -> engine.separate("null", new GeneratedSource(STEREO, 20 * 44_100), TestAudio::forget, options));
        running.await();

        // When
        engine.unload("null");

        // Then
        assertThat(separation.get().lengthFrames()).isEqualTo(20 * 44_100);
        assertThatThrownBy(() -> engine.separate("null", new GeneratedSource(STEREO, 1), TestAudio::forget))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model 'null' is not loaded; loaded are:");
    }

    @Test
    void segmentsOfSeveralTracksGatherInBatches() throws Exception {
        // Given
        var sizes = new CopyOnWriteArrayList<Integer>();
        var firstBatch = new CountDownLatch(1);
        var proceed = new CountDownLatch(1);
        engine.add(new TestEstimator("gathering") {
            @Override
            public void estimate(List<Segment> batch) {
                sizes.add(batch.size());
                firstBatch.countDown();
                await(proceed);
            }
        });
        int oneSegment = new NullEstimator().card().segment().frames();
        var reading = new CountDownLatch(4);

        // When
        var separations = new ArrayList<Future<?>>();
        for (int track = 0; track < 4; track++) {
            var mixture = new GeneratedSource(new AudioFormat(44_100, 1), oneSegment) {
                @Override
                public int read(float[][] block, int offset, int frames) {
                    int read = super.read(block, offset, frames);
                    if (read < 0) {
                        reading.countDown();
                    }
                    return read;
                }
            };
            separations.add(inBackground(() -> engine.separate("gathering", mixture, TestAudio::forget)));
        }
        firstBatch.await();
        reading.await();
        while (waitingReaders() > 0) {
            Thread.onSpinWait();
        }
        proceed.countDown();
        for (var separation : separations) {
            separation.get();
        }

        // Then
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
        assertThat(sizes).hasSizeLessThan(4);
        assertThat(engine.statistics("gathering").segments()).isEqualTo(4);
        assertThat(engine.statistics("gathering").batches()).isEqualTo(sizes.size());
    }

    @Test
    void anUnknownModelIsNamedWithThoseThatAreLoaded() {
        assertThatThrownBy(() -> engine.separate("unet", new GeneratedSource(STEREO, 1), TestAudio::forget))
                .isInstanceOf(ModelException.class)
                .hasMessage("model 'unet' is not loaded; loaded are: null");
    }

    @Test
    void complexNetworksAreRefused() {
        // Given
        var spectrogram = SavedModels.card("complex").build();
        var card = new ModelCard(
                1,
                "complex",
                "complex",
                "",
                spectrogram.stems(),
                44_100,
                2,
                Representation.COMPLEX,
                spectrogram.stft(),
                spectrogram.segment(),
                spectrogram.input(),
                spectrogram.output(),
                spectrogram.maskExtension(),
                spectrogram.filter(),
                spectrogram.remainder(),
                spectrogram.weights(),
                "Apache-2.0",
                spectrogram.origin(),
                List.of(),
                Map.of(),
                false);

        // When
        // Then
        assertThatThrownBy(() -> engine.add(new TestEstimator(card)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model 'complex': networks between complex spectra cannot be run yet");
    }

    private static long waitingReaders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("stemline-reading"))
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> Future<T> inBackground(Callable<T> task) {
        var future = new FutureTask<>(task);
        Thread.ofPlatform().start(future);
        return future;
    }

    private static class TestEstimator implements StemEstimator {

        private final ModelCard card;

        TestEstimator(ModelCard card) {
            this.card = card;
        }

        TestEstimator(String id) {
            this(ModelCard.builder(id)
                    .stems("vocals", "other")
                    .channels(1)
                    .waveform("mixture", "stems")
                    .segment(16_384, 0)
                    .remainder("other")
                    .origin(Origin.builtIn())
                    .build());
        }

        @Override
        public ModelCard card() {
            return card;
        }

        @Override
        public void estimate(List<Segment> batch) {}

        @Override
        public Duration computing() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
