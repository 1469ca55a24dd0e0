package samestep.program.value;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that is copied where it is changed, and not where it is saved or restored: most of what is saved never changes. */
final class CopiedMap<K, V> {
    private Map<K, V> entries = new LinkedHashMap<>();
    private boolean isSaved;

    /** To read. */
    Map<K, V> now() {
        return entries;
    }

    /** To change. */
    Map<K, V> own() {
        if (isSaved) {
            entries = new LinkedHashMap<>(entries);
            isSaved = false;
        }
        return entries;
    }

    /** What it is now; it is never changed. */
    Map<K, V> save() {
        isSaved = true;
        return entries;
    }

    /** As it was when that was saved; gives what it was until now. */
    Map<K, V> exchange(Map<K, V> saved) {
        Map<K, V> last = entries;
        entries = saved;
        isSaved = true;
        return last;
    }

    /** Other entries, which are in no other map. */
    void replace(Map<K, V> made) {
        entries = made;
        isSaved = false;
    }
}
