/** What the whole system withstands and carries, tried on a local stack. */
package io.stemline.endurance;
