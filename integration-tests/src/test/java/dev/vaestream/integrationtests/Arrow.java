package dev.vaestream.integrationtests;

/** Who may open a connection to whom. */
record Arrow(String from, String to) {
    @Override
    public String toString() {
        return from + " → " + to;
    }
}
