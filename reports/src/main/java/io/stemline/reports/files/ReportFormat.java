package io.stemline.reports.files;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A form that a report can be written in. */
public enum ReportFormat {
    HTML("html", "text/html;charset=UTF-8"),
    /** A line a figure. */
    CSV("csv", "text/csv;charset=UTF-8"),
    /** All of a report; {@link ReportJson} reads it back. */
    JSON("json", "application/json"),
    /** A row a figure. */
    PARQUET("parquet", "application/vnd.apache.parquet"),
    /** museval's folders in one archive: a folder a method, a file a track. */
    MUSEVAL("zip", "application/zip");

    private final String extension;
    private final String mediaType;

    ReportFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** The end of a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The format of an extension. */
    public static Optional<ReportFormat> ofExtension(String extension) {
        return Arrays.stream(values())
                .filter(format -> format.extension.equals(extension.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
