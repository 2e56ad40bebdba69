package dev.vaestream.local;

/** What a checkpoint can be written as; the names are those of the option. */
enum ExportFormat {
    /** The parameters, byte for byte as they are stored. */
    SAFETENSORS("safetensors"),
    /** TensorFlow's, of the decoder. */
    SAVED_MODEL("saved-model");

    private final String option;

    ExportFormat(String option) {
        this.option = option;
    }

    @Override
    public String toString() {
        return option;
    }
}
