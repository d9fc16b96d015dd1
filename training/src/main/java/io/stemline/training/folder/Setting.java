package io.stemline.training.folder;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents a component of a configuration record, and bounds its values. In lists, the bounds of numbers hold for every
 * element.
 *
 * <pre>{@code
 * record NetworkSettings(
 *         @Setting(doc = "share of features left out in training", min = 0, below = 1, alsoCalled = "dropout_p")
 *         double dropout,
 *         @Setting(doc = "channels of the stages, from the outermost", min = 1, leastElements = 1)
 *         List<Integer> stageChannels) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** What it is, in a few words without a full stop. */
    String doc();

    /** What numbers count, such as {@code Hz}. */
    String unit() default "";

    /** The smallest number that is allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest number that is allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** Numbers must be larger than this. */
    double above() default Double.NEGATIVE_INFINITY;

    /** Numbers must be smaller than this. */
    double below() default Double.POSITIVE_INFINITY;

    /** The smallest number of elements of a list. */
    int leastElements() default 0;

    /** The largest number of elements of a list. */
    int mostElements() default Integer.MAX_VALUE;

    /** Other names by which flags may call it. */
    String[] alsoCalled() default {};
}
