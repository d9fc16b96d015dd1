package io.stemline.ingest.datasets;

import io.smallrye.common.annotation.Blocking;
import io.stemline.events.AudioReady;
import io.stemline.ingest.batches.AllowedEntries;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.Batches;
import io.stemline.ingest.batches.Submission;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.files.AllowedRoots;
import io.stemline.ingest.intake.Intake;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Data sets. */
@Path("/api/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Data sets")
@Blocking
public final class DatasetResource {
    private static final Pattern NAME = Pattern.compile("[^\\s./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,99}");

    private final Datasets datasets;
    private final Batches batches;
    private final Intake intake;
    private final AllowedRoots roots;
    private final AllowedEntries allowed;

    DatasetResource(Datasets datasets, Batches batches, Intake intake, AllowedRoots roots, AllowedEntries allowed) {
        this.datasets = datasets;
        this.batches = batches;
        this.intake = intake;
        this.roots = roots;
        this.allowed = allowed;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Have tracks with true stems join a data set; they are taken in from now on, and not separated")
    public DatasetView.Accepted add(DatasetRequest request) {
        if (request == null || request.name() == null || request.path() == null) {
            throw ProblemException.malformed(
                    "give a name and a path: {\"name\": \"musdb18-hq\", \"path\": \"/music/musdb18hq\"}");
        }
        if (!NAME.matcher(request.name()).matches()) {
            throw ProblemException.malformed(
                    "'%s' cannot be the name of a data set: that has 1 to 100 characters without / and \\, and starts with neither a dot nor a space"
                            .formatted(request.name()));
        }
        java.nio.file.Path path = allowed(request.path());
        Optional<java.nio.file.Path> audioRoot = request.audioRoot().map(this::allowed);
        List<Entry> entries = allowed.of(DatasetScan.entriesAt(path, audioRoot));
        if (entries.isEmpty()) {
            throw ProblemException.unusable(
                    "nothing-to-learn", "%s: there are no tracks with true stems in it".formatted(path));
        }
        datasets.open(request.name());
        BatchView batch = batches.accept(new Submission(
                "data set " + request.name(), entries, AudioReady.Wish.DEFAULT, Optional.of(request.name())));
        intake.wake();
        return new DatasetView.Accepted(find(request.name()), batch.batchId(), batch.entries());
    }

    @GET
    @Operation(summary = "All data sets, newest first")
    public List<DatasetView> all() {
        return datasets.all();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One data set with its tracks, their splits, and what was not taken and why")
    public DatasetView.Whole dataset(@PathParam("name") String name) {
        DatasetView dataset = find(name);
        return new DatasetView.Whole(dataset, datasets.tracks(name), datasets.refusals(name));
    }

    private DatasetView find(String name) {
        return datasets.find(name).orElseThrow(() -> ProblemException.notFound("data set", name));
    }

    private java.nio.file.Path allowed(String text) {
        java.nio.file.Path path = absolute(text);
        roots.refusal(path).ifPresent(reason -> {
            throw ProblemException.forbidden(reason);
        });
        return path;
    }

    private static java.nio.file.Path absolute(String text) {
        try {
            java.nio.file.Path path = java.nio.file.Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw ProblemException.malformed("%s: no file can have this path".formatted(text));
        }
        throw ProblemException.malformed(AllowedRoots.notAbsolute(text));
    }
}
