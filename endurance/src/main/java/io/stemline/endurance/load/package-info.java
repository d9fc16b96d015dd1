/** How much the pipeline itself carries: very short tracks, the model that only splits the mixture, and the clock. */
package io.stemline.endurance.load;
