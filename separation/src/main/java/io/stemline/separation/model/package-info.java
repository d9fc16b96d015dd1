/** Model packages: what a model is (its card), how it lies on disk, and how its weights are kept from changing unnoticed. */
package io.stemline.separation.model;
