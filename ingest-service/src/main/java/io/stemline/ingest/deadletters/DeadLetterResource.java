package io.stemline.ingest.deadletters;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What could not be done, and trying it again. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@Blocking
public final class DeadLetterResource {
    private final DeadLetterRows rows;
    private final DeadLetterTopics topics;

    DeadLetterResource(DeadLetterRows rows, DeadLetterTopics topics) {
        this.rows = rows;
        this.topics = topics;
    }

    @GET
    @Operation(summary = "Dead letters that nobody has dealt with yet, newest first")
    public List<DeadLetterView> open(
            @QueryParam("offset") @DefaultValue("0") int offset, @QueryParam("limit") @DefaultValue("100") int limit) {
        return rows.open(offset, limit);
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
        DeadLetter letter = rows.letter(id).orElseThrow(() -> ProblemException.notFound("dead letter", id));
        rows.retry(id, () -> topics.republish(letter));
        return one(id);
    }
}
