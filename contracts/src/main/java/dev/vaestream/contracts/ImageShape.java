package dev.vaestream.contracts;

/** Height and width of one grey image, in pixels. */
public record ImageShape(int height, int width) {
    private static final int MAX_SIDE = 1024;

    public ImageShape {
        Checks.between("height", 1, MAX_SIDE, height);
        Checks.between("width", 1, MAX_SIDE, width);
    }

    public int pixels() {
        return height * width;
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
