/**
 * The folder that a model is trained in: what lies where, whole files only, one trainer at a time; and its configuration,
 * any record whose components are settings, read from a file or changed by flags with sentences for what does not fit.
 */
package io.stemline.training.folder;
