package dev.vaestream.learning.optim;

/** A transformation of each array by itself. */
interface Leafwise extends GradientTransformation {
    @Override
    default boolean mixes(String path) {
        return false;
    }
}
