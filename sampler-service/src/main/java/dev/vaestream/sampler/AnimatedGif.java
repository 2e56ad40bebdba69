package dev.vaestream.sampler;

import dev.vaestream.vae.Grey;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A column of tiles after another, all rows at once, in a loop without end; grey as in {@link ImageGrid}. */
final class AnimatedGif {
    private static final String HUNDREDTHS_OF_A_SECOND = "10";
    /** Netscape's extension: 1, then how often it is shown in two bytes, 0 for ever. */
    private static final byte[] FOR_EVER = {1, 0, 0};

    private AnimatedGif() {}

    /** Writes a GIF; the same tiles are the same bytes. */
    static void write(Tiles tiles, OutputStream out) throws IOException {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(gif)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            ImageWriteParam lineByLine = writer.getDefaultWriteParam();
            // Or the lines are interlaced, which the metadata would have to repeat.
            lineByLine.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
            for (int column = 0; column < tiles.columns(); column++) {
                IIOImage frame = new IIOImage(picture(tiles.column(column)), null, null);
                frame.setMetadata(metadata(writer, frame, lineByLine));
                writer.writeToSequence(frame, lineByLine);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        gif.writeTo(out);
    }

    private static BufferedImage picture(Tiles column) {
        int width = column.shape().width();
        int height = column.rows() * column.shape().height();
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] grey = Grey.of(column.values(), 0, column.values().length);
        picture.getRaster().setDataElements(0, 0, width, height, grey);
        return picture;
    }

    private static IIOMetadata metadata(ImageWriter writer, IIOImage frame, ImageWriteParam param) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(frame.getRenderedImage()), param);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", HUNDREDTHS_OF_A_SECOND);
        IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        loop.setUserObject(FOR_EVER.clone());
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(loop);
        IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
        root.appendChild(control);
        root.appendChild(extensions);
        metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
        return metadata;
    }
}
