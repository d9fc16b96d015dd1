/** The tables of Stemline: Flyway migrations under {@code db/migration}, and the version that a service needs. */
package io.stemline.tables;
