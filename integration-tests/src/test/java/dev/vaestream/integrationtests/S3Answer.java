package dev.vaestream.integrationtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.net.URLEncoder;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** An answer as S3 gives it. */
final class S3Answer {
    private final int status;
    private final Headers headers;
    private final byte[] body;

    S3Answer(int status, String type, byte[] body) {
        this(status, new Headers(), body);
        headers.set("Content-Type", type);
    }

    private S3Answer(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static S3Answer empty(int status) {
        return new S3Answer(status, new Headers(), new byte[0]);
    }

    static S3Answer error(int status, String code) {
        return xml(status, "<Error><Code>%s</Code><Message>told to</Message></Error>".formatted(code));
    }

    /** As many of the entries as are asked for, of those that are. */
    static S3Answer listing(S3Request request, List<StoredFiles.Entry> entries) {
        List<StoredFiles.Entry> rest = entries.stream()
                .filter(entry -> entry.key().compareTo(request.startAfter()) > 0)
                .toList();
        List<StoredFiles.Entry> page = rest.subList(0, Math.min(rest.size(), request.maxKeys()));
        boolean truncated = page.size() < rest.size();
        StringBuilder xml = new StringBuilder("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">")
                .append(element("Name", FaultyStore.BUCKET))
                .append(element("Prefix", encoded(request.prefix())))
                .append(element("KeyCount", Integer.toString(page.size())))
                .append(element("MaxKeys", Integer.toString(request.maxKeys())))
                .append(element("EncodingType", "url"))
                .append(element("IsTruncated", Boolean.toString(truncated)));
        if (truncated) {
            xml.append(element(
                    "NextContinuationToken", encoded(page.get(page.size() - 1).key())));
        }
        page.forEach(entry -> xml.append("<Contents>")
                .append(element("Key", encoded(entry.key())))
                .append(element(
                        "LastModified",
                        entry.modified().truncatedTo(ChronoUnit.MILLIS).toString()))
                .append(element("ETag", "&quot;" + entry.md5() + "&quot;"))
                .append(element("Size", Integer.toString(entry.bytes())))
                .append(element("StorageClass", "STANDARD"))
                .append("</Contents>"));
        return xml(200, xml.append("</ListBucketResult>").toString());
    }

    int status() {
        return status;
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    S3Answer with(String header, String value) {
        headers.set(header, value);
        return this;
    }

    S3Answer with(byte[] other) {
        return new S3Answer(status, headers, other);
    }

    private static S3Answer xml(int status, String xml) {
        return new S3Answer(status, "application/xml", FaultyStore.utf8(xml));
    }

    private static String element(String name, String value) {
        return "<%s>%s</%s>".formatted(name, value, name);
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, UTF_8).replace("+", "%20");
    }
}
