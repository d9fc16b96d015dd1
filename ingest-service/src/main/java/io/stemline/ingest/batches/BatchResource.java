package io.stemline.ingest.batches;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.ingest.files.AllowedRoots;
import io.stemline.ingest.intake.Intake;
import io.stemline.ingest.intake.Uploads;
import io.stemline.ingest.problems.Page;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.progress.BatchFeed;
import io.stemline.ingest.progress.BatchProgress;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Submitting audio, and following what becomes of it. */
@Path("/api/batches")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Batches")
@Blocking
public final class BatchResource {
    private static final String PLAIN_CSV = "text/csv";
    private static final String JSON_LINES = "application/x-ndjson";

    private final Batches batches;
    private final Intake intake;
    private final Uploads uploads;
    private final BatchFeed feed;
    private final AllowedRoots roots;
    private final AllowedEntries allowed;

    BatchResource(
            Batches batches,
            Intake intake,
            Uploads uploads,
            BatchFeed feed,
            AllowedRoots roots,
            AllowedEntries allowed) {
        this.batches = batches;
        this.intake = intake;
        this.uploads = uploads;
        this.feed = feed;
        this.roots = roots;
        this.allowed = allowed;
    }

    @POST
    @ResponseStatus(201)
    @Operation(summary = "Submit audio files and folders that this machine can read")
    public BatchView submit(BatchRequest request) {
        if (request == null || request.paths().isEmpty()) {
            throw ProblemException.malformed("give at least one path: {\"paths\": [\"/music/album\"]}");
        }
        var entries = new ArrayList<Entry>();
        for (String path : request.paths()) {
            entries.addAll(entriesAt(path));
        }
        return accept(
                new Submission(request.name().orElse(request.paths().getFirst()), allowed.of(entries), request.wish()));
    }

    @POST
    @Path("/manifest")
    @Consumes({PLAIN_CSV, JSON_LINES})
    @ResponseStatus(201)
    @Operation(summary = "Submit a list of tracks as CSV or JSON lines: path, title, artist, album, isrc")
    public BatchView submitManifest(
            String text,
            @jakarta.ws.rs.HeaderParam("Content-Type") MediaType type,
            @QueryParam("name") @DefaultValue("manifest") String name,
            @QueryParam("modelId") Optional<String> modelId,
            @QueryParam("encoding") Optional<String> encoding) {
        List<Entry> entries = type.getSubtype().equals("csv") ? Manifest.ofCsv(text) : Manifest.ofJsonLines(text);
        return accept(new Submission(name, allowed.of(entries), Wishes.of(modelId, encoding)));
    }

    @POST
    @Path("/upload")
    @Consumes(MediaType.WILDCARD)
    @ResponseStatus(201)
    @Operation(summary = "Submit one audio file as the request's body")
    public BatchView upload(
            InputStream body,
            @QueryParam("name") String name,
            @QueryParam("modelId") Optional<String> modelId,
            @QueryParam("encoding") Optional<String> encoding) {
        if (name == null || name.isBlank() || name.contains("/") || name.contains("\\")) {
            throw ProblemException.malformed("say what the file is called: ?name=song.mp3");
        }
        java.nio.file.Path file = uploads.keep(name, body);
        return accept(new Submission(name, List.of(FolderScan.track(file)), Wishes.of(modelId, encoding)));
    }

    @GET
    @Operation(summary = "The newest batches, newest first")
    public List<BatchView> newest(@QueryParam("limit") @DefaultValue("50") int limit) {
        return batches.newest(Page.limit(limit));
    }

    @GET
    @Path("/{batchId}")
    @Operation(summary = "One batch")
    public BatchView batch(@PathParam("batchId") String batchId) {
        return batches.find(batchId).orElseThrow(() -> ProblemException.notFound("batch", batchId));
    }

    @GET
    @Path("/{batchId}/items")
    @Operation(summary = "The entries of a batch in their order, with stems and scores")
    public List<ItemView> items(
            @PathParam("batchId") String batchId,
            @QueryParam("state") Optional<ItemState> state,
            @QueryParam("offset") @DefaultValue("0") int offset,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        batch(batchId);
        return batches.items(batchId, state, Page.offset(offset), Page.limit(limit));
    }

    @GET
    @Path("/{batchId}/progress")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(summary = "What changes in a batch, as server-sent events, until all of it is done or failed")
    public Multi<BatchProgress> progress(@PathParam("batchId") String batchId) {
        batch(batchId);
        return feed.follow(batchId);
    }

    private BatchView accept(Submission submission) {
        if (submission.entries().isEmpty()) {
            throw ProblemException.unusable(
                    "nothing-to-separate", "%s: there is no audio in it".formatted(submission.name()));
        }
        BatchView batch = batches.accept(submission);
        intake.wake();
        return batch;
    }

    private List<Entry> entriesAt(String text) {
        java.nio.file.Path path;
        try {
            path = java.nio.file.Path.of(text);
        } catch (InvalidPathException e) {
            return List.of(Entry.refused(text, text, "%s: no file can have this path".formatted(text)));
        }
        if (!path.isAbsolute()) {
            return List.of(Entry.refused(text, text, AllowedRoots.notAbsolute(text)));
        }
        Optional<String> refusal = roots.refusal(path);
        if (refusal.isPresent()) {
            return List.of(Entry.refused(text, text, refusal.get()));
        }
        if (!Files.isDirectory(path)) {
            return List.of(FolderScan.track(path));
        }
        try {
            return FolderScan.tracksBelow(path);
        } catch (IOException e) {
            return List.of(Entry.refused(text, text, "%s: the folder cannot be read (%s)".formatted(text, e)));
        }
    }
}
