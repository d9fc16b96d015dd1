/** Takes {@code audio.ready}, separates, keeps the stems, and says {@code stems.ready}. */
package io.stemline.separator;
