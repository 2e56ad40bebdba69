package dev.vaestream.sampler;

import java.util.SortedMap;

/** Images that were made for a request, ready to be written in any {@link SampleFormat}. */
interface Drawing {
    Tiles tiles();

    /** What a picture of them says of itself, by keyword. */
    SortedMap<String, String> text();

    /** What is written as JSON. */
    Object document();
}
