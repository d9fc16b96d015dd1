package io.stemline.ingest.deadletters;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.Page;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What could not be done, and trying it again. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@Blocking
public final class DeadLetterResource {
    private final DeadLetterRows rows;
    private final DeadLetterActions actions;

    DeadLetterResource(DeadLetterRows rows, DeadLetterActions actions) {
        this.rows = rows;
        this.actions = actions;
    }

    /** Dead letters by their ids. */
    @Schema(description = "Dead letters by their ids; every one that is open where 'all' is true")
    public record Letters(List<String> ids, boolean all) {
        public Letters {
            ids = ids == null ? List.of() : List.copyOf(ids);
        }
    }

    /** How many letters something was done with. */
    public record Changed(int changed) {}

    @GET
    @Operation(summary = "Dead letters that nobody has dealt with yet, newest first")
    public List<DeadLetterView> open(
            @QueryParam("offset") @DefaultValue("0") int offset, @QueryParam("limit") @DefaultValue("100") int limit) {
        return rows.open(Page.offset(offset), Page.limit(limit));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One dead letter with its stack trace and its record")
    public DeadLetterView one(@PathParam("id") String id) {
        return rows.find(id).orElseThrow(() -> ProblemException.notFound("dead letter", id));
    }

    @POST
    @Path("/{id}/retry")
    @Operation(summary = "Send the record through again")
    public DeadLetterView retry(@PathParam("id") String id) throws InterruptedException {
        actions.retry(id);
        return one(id);
    }

    @POST
    @Path("/{id}/drop")
    @Operation(summary = "Let it rest: it is no longer listed, and its entry stays failed")
    public DeadLetterView drop(@PathParam("id") String id) {
        DeadLetterView letter = one(id);
        actions.drop(List.of(id));
        return letter;
    }

    @POST
    @Path("/retry")
    @Operation(summary = "Send many records through again: {\"ids\": [...]} or {\"all\": true}")
    public Changed retryMany(Letters letters) throws InterruptedException {
        return new Changed(letters.all() ? actions.retryAll() : actions.retry(required(letters)));
    }

    @POST
    @Path("/drop")
    @Operation(summary = "Let many rest: {\"ids\": [...]} or {\"all\": true}")
    public Changed dropMany(Letters letters) {
        return new Changed(letters.all() ? actions.dropAll() : actions.drop(required(letters)));
    }

    private static List<String> required(Letters letters) {
        if (letters.ids().isEmpty()) {
            throw ProblemException.malformed("say which: {\"ids\": [\"...\"]} or {\"all\": true}");
        }
        return letters.ids();
    }
}
