package samestep.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines by offset and offsets by line. Only how many lines end before every 512th character is kept, so that a
 * file of nothing but line ends costs no more memory than any other; they are counted when they are asked for, since most files of a
 * repository have nothing to say. A line ends at LF, CR LF, or a lone CR.
 */
final class Lines {
    private static final int BLOCK = 512;

    private final String text;
    private volatile int @Nullable [] counted;

    Lines(String text) {
        this.text = text;
    }

    /** Two threads that ask at the same time count the same. */
    private int[] endsBefore() {
        int[] known = counted;
        if (known != null) {
            return known;
        }
        int[] ends = new int[text.length() / BLOCK + 1];
        for (int block = 1; block < ends.length; block++) {
            ends[block] = ends[block - 1] + ends((block - 1) * BLOCK, block * BLOCK);
        }
        counted = ends;
        return ends;
    }

    /** The number of the line, from 1, that contains the character at the offset. */
    int lineOf(int offset) {
        int block = offset / BLOCK;
        return endsBefore()[block] + ends(block * BLOCK, offset) + 1;
    }

    /** Where the line of the character at the offset starts. */
    int startOfLineAt(int offset) {
        int start = offset;
        while (start > 0 && !endsAt(start - 1)) {
            start--;
        }
        return start;
    }

    /** Where a line starts. */
    int startOf(int line) {
        int[] endsBefore = endsBefore();
        int found = Arrays.binarySearch(endsBefore, line - 1);
        int block = found >= 0 ? found : -found - 2;
        while (block > 0 && endsBefore[block] == line - 1) {
            block--;
        }
        int left = line - 1 - endsBefore[block];
        int at = block * BLOCK;
        while (left > 0) {
            left -= endsAt(at++) ? 1 : 0;
        }
        return at;
    }

    /** How many lines end from one offset up to another. */
    private int ends(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += endsAt(i) ? 1 : 0;
        }
        return count;
    }

    private boolean endsAt(int offset) {
        char c = text.charAt(offset);
        return c == '\n' || c == '\r' && (offset + 1 == text.length() || text.charAt(offset + 1) != '\n');
    }
}
