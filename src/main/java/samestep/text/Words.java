package samestep.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for several words in a text at once. Most of a text is not looked at: where the two characters at the end of a
 * window are in no word, the window moves by almost the length of the shortest word (S. Wu and U. Manber, "A fast
 * algorithm for multi-pattern searching", 1994). A pattern, or {@link String#contains} for each word, costs ten times as much where
 * nothing is found, as in most of the files of a repository.
 */
public final class Words {
    private static final int SLOTS = 1 << 12;

    private final int shortest;
    /** How far the window may move, by the slot of its last two characters. */
    private final byte[] shifts = new byte[SLOTS];
    /** The words whose beginning, as long as the shortest, ends in a slot. */
    private final List<List<String>> ending = new ArrayList<>();

    private Words(List<String> words) {
        shortest = words.stream().mapToInt(String::length).min().orElseThrow();
        Arrays.fill(shifts, (byte) Math.min(shortest - 1, Byte.MAX_VALUE));
        for (int i = 0; i < SLOTS; i++) {
            ending.add(List.of());
        }
        for (String word : words) {
            for (int end = 1; end < shortest; end++) {
                int slot = slot(word.charAt(end - 1), word.charAt(end));
                shifts[slot] = (byte) Math.min(shifts[slot], shortest - 1 - end);
            }
            int last = slot(word.charAt(shortest - 2), word.charAt(shortest - 1));
            List<String> more = new ArrayList<>(ending.get(last));
            more.add(word);
            ending.set(last, List.copyOf(more));
        }
    }

    /**
     * A search.
     *
     * @param words each of two characters or more
     */
    public static Words of(String... words) {
        return new Words(List.of(words));
    }

    /** Whether one of the words is in a text, at any place of it. */
    public boolean isIn(String text) {
        int end = shortest - 1;
        while (end < text.length()) {
            int slot = slot(text.charAt(end - 1), text.charAt(end));
            int shift = shifts[slot];
            if (shift == 0 && startsAt(text, end - shortest + 1, ending.get(slot))) {
                return true;
            }
            end += Math.max(shift, 1);
        }
        return false;
    }

    private static boolean startsAt(String text, int start, List<String> words) {
        for (String word : words) {
            if (text.startsWith(word, start)) {
                return true;
            }
        }
        return false;
    }

    private static int slot(char first, char second) {
        return (first << 6 ^ second) & SLOTS - 1;
    }
}
