package io.stemline.bsseval;

/** Whether a filtered reference counts as distorted (images) or not (sources). */
enum Form {
    SOURCES,
    IMAGES
}
