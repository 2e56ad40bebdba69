package dev.vaestream.ingest;

/** Gives out the right to append to a stream, which one at a time has. */
interface StreamWriters {
    /**
     * Takes the right to append to a stream. From now on whoever had it appends nothing more, and what it had begun to
     * append is there whole or never will be: the topic can be read for what it holds.
     *
     * @throws KafkaUnavailableException where Kafka does not answer in time
     */
    StreamWriter claim(PublishedStream stream);
}
