package samestep.dialect.caffe;

import java.nio.charset.StandardCharsets;
import java.util.function.ObjIntConsumer;

/**
 * The fields of one message in protobuf's binary format, as far as compiled schemas need it: whole numbers and what
 * has a length. Source: protobuf.dev/programming-guides/encoding.
 */
final class WireReader {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int WITH_LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private long number;
    private int contentStart;
    private int contentEnd;

    WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private WireReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** Reads all fields, as often as it is called: the consumer gets this, with the field's value, and the field's number. */
    void forEach(ObjIntConsumer<WireReader> consumer) {
        at = start;
        while (at < end) {
            long tag = varint();
            read((int) tag & 7);
            consumer.accept(this, (int) (tag >>> 3));
        }
    }

    private void read(int type) {
        switch (type) {
            case VARINT -> number = varint();
            case WITH_LENGTH -> {
                int length = (int) varint();
                contentStart = at;
                contentEnd = at + length;
                at = contentEnd;
            }
            case EIGHT_BYTES -> at += 8;
            case FOUR_BYTES -> at += 4;
            default -> throw new IllegalStateException("a compiled schema holds no wire type " + type);
        }
    }

    private long varint() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /** The present field's whole number. */
    int number() {
        return (int) number;
    }

    /** The present field's text. */
    String text() {
        return new String(bytes, contentStart, contentEnd - contentStart, StandardCharsets.UTF_8);
    }

    /** The present field's message. */
    WireReader message() {
        return new WireReader(bytes, contentStart, contentEnd);
    }
}
