package io.stemline.ingest.console.catalogue;

import io.stemline.events.AudioReady;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A track that is in the store, as an entry submitted it.
 *
 * @param path where its file was when it was submitted
 */
record SelectedTrack(
        String trackId, String object, String name, String path, AudioReady.Audio audio, AudioReady.Tags tags) {

    SelectedTrack(ResultSet row) throws SQLException {
        this(
                row.getString("track_id"),
                row.getString("object"),
                row.getString("item_name"),
                row.getString("path"),
                new AudioReady.Audio(
                        row.getString("container"),
                        row.getInt("sample_rate_hz"),
                        row.getInt("channels"),
                        row.getLong("length_frames")),
                new AudioReady.Tags(
                        Optional.ofNullable(row.getString("said_title")),
                        Optional.ofNullable(row.getString("said_artist")),
                        Optional.ofNullable(row.getString("said_album")),
                        Optional.ofNullable(row.getString("said_isrc"))));
    }
}
