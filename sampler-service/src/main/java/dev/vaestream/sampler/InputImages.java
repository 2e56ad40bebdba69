package dev.vaestream.sampler;

import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.InvalidPictureException;
import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Png;
import java.util.ArrayList;
import java.util.List;

/**
 * Images that somebody sent, as JSON.
 *
 * @param images at least one
 */
record InputImages(List<InputImage> images) {
    private static final float WHITE = 255;

    InputImages {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("images is empty; it must have at least one");
        }
    }

    /** @throws dev.vaestream.contracts.InvalidJsonException naming the field that is wrong and why */
    static InputImages ofJson(byte[] body) {
        return Json.read(body, InputImages.class);
    }

    /**
     * Those of a picture of one or of several side by side and below each other, row by row.
     *
     * @throws InvalidPictureException where it is no such PNG, or has more than {@code maxPixels}
     */
    static InputImages ofPng(byte[] body, ImageShape shape, long maxPixels) {
        GreyPicture picture = GreyPicture.ofAnyWriter(Png.read(body), maxPixels);
        if (picture.width() % shape.width() != 0 || picture.height() % shape.height() != 0) {
            throw new InvalidPictureException("The picture is %d wide and %d high; it must be made of images of %s"
                    .formatted(picture.width(), picture.height(), shape));
        }
        List<InputImage> images = new ArrayList<>();
        for (int top = 0; top < picture.height(); top += shape.height()) {
            for (int left = 0; left < picture.width(); left += shape.width()) {
                images.add(tile(picture, left, top, shape));
            }
        }
        return new InputImages(images);
    }

    private static InputImage tile(GreyPicture picture, int left, int top, ImageShape shape) {
        float[] pixels = new float[shape.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            byte grey = picture.at(left + i % shape.width(), top + i / shape.width());
            pixels[i] = Byte.toUnsignedInt(grey) / WHITE;
        }
        return new InputImage(pixels);
    }
}
