package io.stemline.ingest.console.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A page of the catalogue.
 *
 * @param entries in the order asked for
 * @param matches how many entries match altogether; counted no further than {@code countedTo}
 * @param countedTo how far entries are counted
 * @param next what to give as {@code after} for the next page; absent on the last
 */
public record CatalogueView(List<CatalogueEntry> entries, int matches, int countedTo, Optional<String> next) {}
