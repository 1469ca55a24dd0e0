package samestep.syntax.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/**
 * The fields of one message in protobuf's binary format. Source: protobuf.dev/programming-guides/encoding. Everything that
 * reads throws a {@link WireFormatException} where the bytes are not such a message.
 */
public final class WireReader {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int WITH_LENGTH = 2;
    private static final int FOUR_BYTES = 5;
    private static final int MOST_BITS = 64;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private int type;
    private long number;
    private int contentStart;
    private int contentEnd;

    /** All fields of a message. */
    public WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private WireReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** Reads all fields, as often as it is called: the consumer gets this, with the field's value, and the field's number. */
    public void forEach(ObjIntConsumer<WireReader> consumer) {
        at = start;
        while (at < end) {
            long tag = varint();
            read((int) tag & 7);
            consumer.accept(this, (int) (tag >>> 3));
        }
    }

    private void read(int wireType) {
        type = wireType;
        switch (wireType) {
            case VARINT -> number = varint();
            case WITH_LENGTH -> {
                long length = varint();
                contentStart = at;
                skip(length);
                contentEnd = at;
            }
            case EIGHT_BYTES -> number = littleEndian(8);
            case FOUR_BYTES -> number = littleEndian(4);
            default -> throw new WireFormatException("there is no wire type " + wireType + " (at byte " + at + ")");
        }
    }

    private void skip(long length) {
        if (length < 0 || length > end - at) {
            throw new WireFormatException("a field ends after the end of its message (at byte " + at + ")");
        }
        at += (int) length;
    }

    private long littleEndian(int length) {
        int first = at;
        skip(length);
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[first + i] & 0xff;
        }
        return value;
    }

    private long varint() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            if (at >= end || shift >= MOST_BITS) {
                throw new WireFormatException("a number does not end (at byte " + at + ")");
            }
            next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /** The present field's whole number. */
    public int number() {
        return (int) number;
    }

    /** The present field's whole number, or the bits of its floating-point number. */
    public long longNumber() {
        return number;
    }

    /** Whether the present field has a length: a text, bytes, a message, or several numbers. */
    public boolean hasLength() {
        return type == WITH_LENGTH;
    }

    /** The present field's text. */
    public String text() {
        return new String(bytes, contentStart, contentEnd - contentStart, StandardCharsets.UTF_8);
    }

    /** The present field's bytes. */
    public byte[] bytes() {
        return Arrays.copyOfRange(bytes, contentStart, contentEnd);
    }

    /** The number of the present field's bytes. */
    public int length() {
        return contentEnd - contentStart;
    }

    /** The present field's message. */
    public WireReader message() {
        if (type != WITH_LENGTH) {
            throw new WireFormatException("found a number where a message is expected (at byte " + at + ")");
        }
        return new WireReader(bytes, contentStart, contentEnd);
    }

    /** The present field's whole numbers where they are adjacent, without tags. */
    public long[] packedVarints() {
        WireReader inside = message();
        long[] numbers = new long[inside.end - inside.start];
        int count = 0;
        inside.at = inside.start;
        while (inside.at < inside.end) {
            numbers[count++] = inside.varint();
        }
        return Arrays.copyOf(numbers, count);
    }

    /**
     * The bits of the present field's numbers of a fixed size where they are adjacent, without tags.
     *
     * @param size bytes in a number, 4 or 8
     */
    public long[] packedFixed(int size) {
        WireReader inside = message();
        long[] numbers = new long[(inside.end - inside.start) / size];
        inside.at = inside.start;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = inside.littleEndian(size);
        }
        return numbers;
    }
}
