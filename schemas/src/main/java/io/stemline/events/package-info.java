/**
 * The events of Stemline: one record a kind, its JSON Schema, and the codec between records and CloudEvents. The schemas are the
 * public interface: any system may publish or read these events.
 */
package io.stemline.events;
