/** Experiments that show what separation rests on. */
package io.stemline.cli.study;
