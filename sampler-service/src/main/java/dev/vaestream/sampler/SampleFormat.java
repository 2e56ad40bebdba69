package dev.vaestream.sampler;

import dev.vaestream.contracts.Json;
import dev.vaestream.contracts.Sha256;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** How images are written. */
enum SampleFormat {
    PNG("image/png"),
    GIF("image/gif"),
    JSON(MediaType.APPLICATION_JSON),
    NPY("application/x-npy");

    private final String mediaType;

    SampleFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    MediaType mediaType() {
        return MediaType.valueOf(mediaType);
    }

    void write(Drawing drawing, OutputStream out) throws IOException {
        switch (this) {
            case PNG -> ImageGrid.write(drawing.tiles(), drawing.text(), out);
            case GIF -> AnimatedGif.write(drawing.tiles(), out);
            case JSON -> Json.mapper().writeValue(out, drawing.document());
            case NPY -> NpyFile.write(drawing.tiles(), out);
        }
    }

    /** Names the bytes without making them: a checkpoint, a request and a format decide them. */
    String tag(Checkpoint checkpoint, SampleRequest request) {
        String identity = checkpoint.manifest().digest() + " " + request + " " + this;
        return Sha256.of(identity.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
