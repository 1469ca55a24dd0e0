package samestep.syntax.json;

import java.util.List;
import java.util.Optional;
import samestep.text.Span;

/**
 * An object.
 *
 * @param members all members in the order of the file, those with the same name too
 * @param span with the braces
 */
public record JsonObject(List<JsonMember> members, Span span) implements JsonValue {

    /** Copies the members. */
    public JsonObject {
        members = List.copyOf(members);
    }

    /** The value of that name; the last one if there are several, as in Python. */
    public Optional<JsonValue> get(String name) {
        return member(name).map(JsonMember::value);
    }

    /** The member of that name; the last one if there are several. */
    public Optional<JsonMember> member(String name) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).name().equals(name)) {
                return Optional.of(members.get(i));
            }
        }
        return Optional.empty();
    }
}
