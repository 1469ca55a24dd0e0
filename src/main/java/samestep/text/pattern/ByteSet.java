package samestep.text.pattern;

import java.util.Map;
import java.util.function.IntPredicate;

/** A set of bytes, at first empty. */
final class ByteSet {
    /** No byte; not to be added to. */
    static final ByteSet NONE = new ByteSet();

    /** The classes of POSIX as git has them: of ASCII only. */
    private static final Map<String, IntPredicate> CLASSES = Map.ofEntries(
            Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
            Map.entry("alpha", ByteSet::isLetter),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 0x7f),
            Map.entry("digit", ByteSet::isDigit),
            Map.entry("graph", ByteSet::isGraphic),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("print", c -> c == ' ' || isGraphic(c)),
            Map.entry("punct", c -> isGraphic(c) && !isLetter(c) && !isDigit(c)),
            Map.entry("space", c -> c == ' ' || c == '\t' || c == '\n' || c == '\r'),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("xdigit", c -> isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'));

    private final long[] bits = new long[4];

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isGraphic(int c) {
        return c > ' ' && c < 0x7f;
    }

    /** A set of one byte. */
    static ByteSet of(int value) {
        ByteSet set = new ByteSet();
        set.add(value);
        return set;
    }

    boolean has(byte value) {
        int unsigned = value & 0xff;
        return (bits[unsigned >> 6] >> (unsigned & 63) & 1) != 0;
    }

    void add(int value) {
        bits[value >> 6] |= 1L << (value & 63);
    }

    /** Adds from one byte to another; nothing if they are the wrong way round. */
    void addRange(int first, int last) {
        for (int value = first; value <= last; value++) {
            add(value);
        }
    }

    /** Adds a class of POSIX; false if there is none of that name. */
    boolean addClass(String name) {
        IntPredicate members = CLASSES.get(name);
        for (int value = 0; members != null && value < 128; value++) {
            if (members.test(value)) {
                add(value);
            }
        }
        return members != null;
    }

    /** All other bytes. */
    void invert() {
        for (int i = 0; i < bits.length; i++) {
            bits[i] = ~bits[i];
        }
    }

    void remove(int value) {
        bits[value >> 6] &= ~(1L << (value & 63));
    }
}
