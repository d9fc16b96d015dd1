/** What can go wrong when a mixture is turned into stems. */
package io.stemline.separation;
