/** The {@code stemline} command. */
package io.stemline.cli;
