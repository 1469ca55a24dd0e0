package samestep.program.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import samestep.program.value.Mutable;

/** Remembers what is changed on each branch of a condition that is not known. */
final class Journal {
    private final Deque<Map<Mutable, Object>> open = new ArrayDeque<>();

    /** To be said before anything is changed; says how much is kept, for each branch. */
    int touch(Mutable changed) {
        Map<Mutable, Object> innermost = open.peek();
        if (innermost == null || innermost.containsKey(changed)) {
            return 0;
        }
        int copied = 0;
        // What was saved is never changed, so that all branches can have the same.
        Object saved = changed.save();
        for (Map<Mutable, Object> frame : open) {
            if (frame.putIfAbsent(changed, saved) != null) {
                break;
            }
            copied += changed.extent();
        }
        return copied;
    }

    /** Begins a branch. */
    void begin() {
        open.push(new IdentityHashMap<>());
    }

    /** What a branch changed. */
    record Changes(Map<Mutable, Object> before, Map<Mutable, Object> after) {}

    /** Ends a branch, and undoes what it changed. */
    Changes end() {
        Map<Mutable, Object> before = open.pop();
        Map<Mutable, Object> after = new IdentityHashMap<>();
        before.forEach((mutable, saved) -> {
            after.put(mutable, mutable.exchange(saved));
        });
        return new Changes(before, after);
    }

    /** For a stable order. */
    static Map<Mutable, Object> ordered() {
        return new LinkedHashMap<>();
    }
}
