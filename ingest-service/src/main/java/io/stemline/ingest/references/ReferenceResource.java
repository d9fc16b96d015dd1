package io.stemline.ingest.references;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.batches.FolderScan;
import io.stemline.ingest.batches.Submission.ReferenceFile;
import io.stemline.ingest.files.AllowedRoots;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** True stems that come later than their track. */
@Path("/api/tracks/{trackId}/references")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "References")
@Blocking
public final class ReferenceResource {
    private final LaterReferences references;
    private final AllowedRoots roots;

    ReferenceResource(LaterReferences references, AllowedRoots roots) {
        this.references = references;
        this.roots = roots;
    }

    @POST
    @Operation(
            summary =
                    "Give a track its true stems: what was separated of it is scored against them, and models can learn")
    public TrackReferences add(@PathParam("trackId") String trackId, ReferenceRequest request)
            throws IOException, SQLException {
        if (request == null
                || request.folder().isPresent() != request.references().isEmpty()) {
            throw ProblemException.malformed(
                    "give a folder, {\"folder\": \"/stems/a-song\"}, or files, {\"references\": [{\"stem\": \"vocals\", \"path\": \"/v.wav\"}]}");
        }
        List<ReferenceFile> files =
                request.folder().isPresent() ? stemsIn(request.folder().get()) : request.references();
        refuseTwice(files);
        return references.add(trackId, files);
    }

    private List<ReferenceFile> stemsIn(String folder) {
        java.nio.file.Path path = absolute(folder);
        roots.refusal(path).ifPresent(reason -> {
            throw ProblemException.forbidden(reason);
        });
        if (!Files.isDirectory(path)) {
            throw ProblemException.unusable("no-references", "%s: there is no such folder".formatted(folder));
        }
        try {
            List<ReferenceFile> stems = FolderScan.stemsIn(path);
            if (stems.isEmpty()) {
                throw ProblemException.unusable(
                        "no-references",
                        "%s: there are no true stems in it; they are audio files that are named after their stem, as vocals.wav"
                                .formatted(folder));
            }
            return stems;
        } catch (IOException e) {
            throw ProblemException.unusable(
                    "no-references", "%s: the folder cannot be read (%s)".formatted(folder, e.getMessage()));
        }
    }

    private static void refuseTwice(List<ReferenceFile> files) {
        Set<String> stems = new HashSet<>();
        for (ReferenceFile file : files) {
            if (file.stem() == null || file.path() == null) {
                throw ProblemException.malformed(
                        "a reference has a stem and a path: {\"stem\": \"vocals\", \"path\": \"/v.wav\"}");
            }
            absolute(file.path());
            if (!stems.add(file.stem())) {
                throw ProblemException.malformed("the stem '%s' has more than one file".formatted(file.stem()));
            }
        }
    }

    private static java.nio.file.Path absolute(String text) {
        try {
            java.nio.file.Path path = java.nio.file.Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw ProblemException.malformed("%s: no file can have this path".formatted(text));
        }
        throw ProblemException.malformed(AllowedRoots.notAbsolute(text));
    }
}
