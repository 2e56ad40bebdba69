package dev.vaestream.local;

/** The loopback ports of a cluster. */
record Ports(int sampler, int ingest, int trainer, int checkpoint, int broker, int controller, int store) {
    static final Ports DEFAULT = new Ports(8080, 8081, 8082, 8083, 9092, 9093, 9000);
    /** Asks for whatever is free. */
    static final Ports ANY = new Ports(0, 0, 0, 0, 0, 0, 0);

    int of(Member member) {
        return switch (member) {
            case SAMPLER -> sampler;
            case INGEST -> ingest;
            case TRAINER -> trainer;
            case CHECKPOINT -> checkpoint;
            case BROKER -> broker;
            case STORE -> store;
        };
    }
}
