/** Model packages from other people's models: any SavedModel with a card, and what all ways of importing have in common. */
package io.stemline.modelimport;
