package dev.vaestream.sampler;

import com.google.protobuf.UnsafeByteOperations;
import dev.vaestream.contracts.ImageShape;
import dev.vaestream.contracts.InvalidPictureException;
import dev.vaestream.contracts.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Images that somebody sent, as JSON.
 *
 * @param images at least one
 */
record InputImages(List<InputImage> images) {
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
     * @throws InvalidPictureException where it is not made of such images
     */
    static InputImages of(GreyPicture picture, ImageShape shape) {
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
        byte[] grey = new byte[shape.pixels()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = picture.at(left + i % shape.width(), top + i / shape.width());
        }
        return InputImage.ofGrey(UnsafeByteOperations.unsafeWrap(grey));
    }
}
