package io.stemline.ingest.tracks;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.tracks.TrackAudio.Sound;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Tracks, their stems as audio, and what is drawn of them. */
@Path("/api")
@Tag(name = "Tracks")
@Blocking
public final class TrackResource {
    private static final String FORMAT =
            "wav-16, wav-24, wav-float, flac-16, flac-24, mp3 or aac; as stored where absent. wav-16 plays in every browser and"
                    + " can be had in parts, whatever is stored";

    private final Tracks tracks;
    private final TrackAudio sounds;
    private final AudioAnswers answers;
    private final Drawings drawings;
    private final ScoreCurves scores;
    private final ObjectStore store;

    TrackResource(
            Tracks tracks,
            TrackAudio sounds,
            AudioAnswers answers,
            Drawings drawings,
            ScoreCurves scores,
            ObjectStore store) {
        this.tracks = tracks;
        this.sounds = sounds;
        this.answers = answers;
        this.drawings = drawings;
        this.scores = scores;
        this.store = store;
    }

    @GET
    @Path("/tracks/{trackId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "One track with everything that was made of it")
    public TrackView track(@PathParam("trackId") String trackId) {
        return tracks.find(trackId).orElseThrow(() -> ProblemException.notFound("track", trackId));
    }

    @GET
    @Path("/tracks/{trackId}/audio")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "The track's audio, whole or a range of bytes")
    public Response source(
            @PathParam("trackId") String trackId,
            @Parameter(description = FORMAT) @RestQuery Optional<String> format,
            @Parameter(hidden = true) @RestHeader("Range") Optional<String> range)
            throws IOException {
        return answers.sound(sounds.mixture(trackId), format, range);
    }

    @GET
    @Path("/tracks/{trackId}/peaks")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The track's waveform, or a part of it, in as many columns as wanted")
    public Drawings.PeaksView sourcePeaks(
            @PathParam("trackId") String trackId,
            @RestQuery @DefaultValue("0") long from,
            @RestQuery @DefaultValue("0") long to,
            @RestQuery @DefaultValue("2000") int columns)
            throws IOException {
        return drawings.peaks(sounds.mixture(trackId), "tracks/" + trackId + "/", from, to, columns);
    }

    @GET
    @Path("/separations/{separationId}/stems/{stem}")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "The audio of a stem, whole or a range of bytes")
    public Response stem(
            @PathParam("separationId") String separationId,
            @PathParam("stem") String stem,
            @Parameter(description = FORMAT) @RestQuery Optional<String> format,
            @Parameter(hidden = true) @RestHeader("Range") Optional<String> range)
            throws IOException {
        return answers.sound(sounds.part(separationId, stem), format, range);
    }

    @GET
    @Path("/separations/{separationId}/stems.zip")
    @Produces("application/zip")
    @Operation(summary = "All stems in one archive")
    public Response archive(
            @PathParam("separationId") String separationId,
            @Parameter(description = FORMAT) @RestQuery Optional<String> format) {
        return answers.archive(sounds.stems(separationId), format);
    }

    @GET
    @Path("/separations/{separationId}/peaks/{stem}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The waveform of a stem or the mixture, or a part of it, in as many columns as wanted")
    public Drawings.PeaksView peaks(
            @PathParam("separationId") String separationId,
            @PathParam("stem") String stem,
            @RestQuery @DefaultValue("0") long from,
            @RestQuery @DefaultValue("0") long to,
            @RestQuery @DefaultValue("2000") int columns)
            throws IOException {
        return drawings.peaks(sounds.part(separationId, stem), prefix(separationId), from, to, columns);
    }

    @GET
    @Path("/separations/{separationId}/spectrograms/{stem}")
    @Produces("image/png")
    @Operation(summary = "A mel spectrogram of a stem or the mixture")
    public Response spectrogram(@PathParam("separationId") String separationId, @PathParam("stem") String stem)
            throws IOException {
        Sound sound = sounds.part(separationId, stem);
        return Response.ok(store.get(drawings.spectrogram(sound, prefix(separationId))))
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=86400")
                .build();
    }

    @GET
    @Path("/separations/{separationId}/scores/{metric}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "A metric of all stems, window by window")
    public ScoreCurves.CurveView curve(
            @PathParam("separationId") String separationId, @PathParam("metric") String metric) {
        return scores.curve(separationId, metric)
                .orElseThrow(() -> ProblemException.notFound("metric with windows", separationId + "/" + metric));
    }

    @GET
    @Path("/separations/{separationId}/manifest")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What a separation was made of and how")
    public Response manifest(@PathParam("separationId") String separationId) {
        String object = tracks.manifestObject(separationId)
                .orElseThrow(() -> ProblemException.notFound("separation", separationId));
        return Response.ok(store.get(object)).build();
    }

    private static String prefix(String separationId) {
        return "separations/" + separationId + "/";
    }
}
