/** Filters between a model's masks and samples: the multichannel Wiener filter and Griffin-Lim, on plain arrays. */
package io.stemline.separation.filter;
