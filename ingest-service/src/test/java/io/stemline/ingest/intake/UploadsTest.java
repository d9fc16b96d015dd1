package io.stemline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.runtime.configuration.MemorySize;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.settings.IngestConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadsTest {

    @TempDir
    private Path folder;

    @Test
    void whatACrashLeftIsGoneADayLaterAndWhatIsWaitedForStays() throws IOException {
        // Given
        var uploads = new Uploads(settings());
        Path left = uploads.keep("left.wav", sound());
        Path awaited = uploads.keep("awaited.wav", sound());
        Path young = uploads.keep("young.wav", sound());
        makeOld(left);
        makeOld(awaited);

        // When
        uploads.forgetAbandoned(Set.of(awaited, Path.of("/music/elsewhere.wav")));

        // Then
        assertThat(left.getParent()).doesNotExist();
        assertThat(awaited).exists();
        assertThat(young).exists();
    }

    @Test
    void anUploadThatTheDiskRefusesLeavesNothingAndMayBeTriedAgain() throws IOException {
        // Given
        var uploads = new Uploads(settings());
        InputStream body = new SequenceInputStream(sound(), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("No space left on device");
            }
        });

        // When
        Throwable thrown = catchThrowable(() -> uploads.keep("large.wav", body));

        // Then
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(503))
                .hasMessage("large.wav: the upload could not be kept (No space left on device)");
        assertThat(folder).isEmptyDirectory();
    }

    private static void makeOld(Path upload) throws IOException {
        var longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
        Files.setLastModifiedTime(upload.getParent(), longAgo);
    }

    private static ByteArrayInputStream sound() {
        return new ByteArrayInputStream(new byte[100]);
    }

    private IngestConfig settings() {
        return new IngestConfig() {
            @Override
            public int threads() {
                return 1;
            }

            @Override
            public Path uploads() {
                return folder;
            }

            @Override
            public MemorySize uploadLimit() {
                return new MemorySize(BigInteger.valueOf(1000));
            }

            @Override
            public int uploadsWaiting() {
                return 10;
            }

            @Override
            public MemorySize requestLimit() {
                return new MemorySize(BigInteger.valueOf(1000));
            }

            @Override
            public Optional<List<Path>> roots() {
                return Optional.empty();
            }
        };
    }
}
