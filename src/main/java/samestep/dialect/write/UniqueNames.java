package samestep.dialect.write;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes JSON in which no object has a member twice: readers keep the last one silently, so a second one would be lost.
 */
public final class UniqueNames extends JsonWriter {
    private final Deque<Set<String>> open = new ArrayDeque<>();

    /** Writes there. */
    public UniqueNames(Writer out) {
        super(out);
    }

    @Override
    public JsonWriter beginObject() throws IOException {
        open.push(new HashSet<>());
        return super.beginObject();
    }

    @Override
    public JsonWriter endObject() throws IOException {
        open.pop();
        return super.endObject();
    }

    /**
     * Begins a member.
     *
     * @throws IllegalStateException if the object has one of that name, which is a defect of Samestep
     */
    @Override
    public JsonWriter name(String name) throws IOException {
        if (!open.isEmpty() && !open.peek().add(name)) {
            throw new IllegalStateException("the member \"" + name + "\" is written twice");
        }
        return super.name(name);
    }
}
