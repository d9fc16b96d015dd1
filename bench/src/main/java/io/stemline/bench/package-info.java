/** Programs that are measured beside other tools. */
package io.stemline.bench;
