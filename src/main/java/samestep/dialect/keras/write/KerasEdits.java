package samestep.dialect.keras.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Many;
import samestep.dialect.keras.document.KerasValue.Nothing;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/** The smallest changes that make values of a document say what is wanted; what says it already stays as it is. */
final class KerasEdits {
    private final SourceText source;
    private final List<Edit> edits = new ArrayList<>();

    KerasEdits(SourceText source) {
        this.source = source;
    }

    List<Edit> edits() {
        return edits;
    }

    /** Makes a member say a value; inserts it where it is missing. */
    void set(JsonObject object, String name, KerasValue wanted) {
        Optional<JsonMember> member = object.member(name);
        if (member.isPresent()) {
            change(member.get().value(), wanted);
        } else {
            insert(object, name, KerasJson.line(wanted));
        }
    }

    /** Makes a value another one. */
    void change(JsonValue value, KerasValue wanted) {
        if (says(value, wanted)) {
            return;
        }
        if (wanted instanceof Instance instance && value instanceof JsonObject object && isOf(object, instance)) {
            JsonObject arguments = arguments(object, instance);
            instance.arguments().forEach((name, argument) -> set(arguments, name, argument));
            return;
        }
        replace(value.span(), KerasJson.line(wanted));
    }

    /** Puts a text in the place of another. */
    void replace(Span span, String text) {
        edits.add(new Edit(source, span, text, Edit.Certainty.EXACT));
    }

    /** Whether an object is one of that class, with its arguments where this one has them. */
    private static boolean isOf(JsonObject object, Instance instance) {
        String word = instance.className().equals(KerasSpelling.REGULARIZER_OF_KERAS_1) ? "name" : "class_name";
        return object.get(word).orElse(null) instanceof JsonString name
                && name.value().substring(name.value().indexOf('>') + 1).equals(instance.className())
                && (word.equals("name") || object.get("config").orElse(null) instanceof JsonObject);
    }

    private static JsonObject arguments(JsonObject object, Instance instance) {
        return !instance.className().equals(KerasSpelling.REGULARIZER_OF_KERAS_1)
                        && object.get("config").orElse(null) instanceof JsonObject config
                ? config
                : object;
    }

    /** Whether a value says already what is wanted, whatever its spelling. */
    static boolean says(JsonValue value, KerasValue wanted) {
        if (wanted instanceof Nothing) {
            return value.isNull();
        }
        if (wanted instanceof Flag flag) {
            return value instanceof JsonBoolean bool && bool.value() == flag.on();
        }
        if (wanted instanceof Num number) {
            return value instanceof JsonNumber given
                    && given.decimal()
                            .map(d -> d.compareTo(new BigDecimal(number.text())) == 0)
                            .orElse(false);
        }
        if (wanted instanceof Many many) {
            return value instanceof JsonArray array && sayAll(array, many);
        }
        return wanted instanceof Instance instance && value instanceof JsonObject object && says(object, instance);
    }

    private static boolean sayAll(JsonArray array, Many many) {
        boolean all = array.elements().size() == many.values().size();
        for (int i = 0; all && i < many.values().size(); i++) {
            all = says(array.elements().get(i), many.values().get(i));
        }
        return all;
    }

    private static boolean says(JsonObject object, Instance instance) {
        if (!isOf(object, instance)) {
            return false;
        }
        JsonObject arguments = arguments(object, instance);
        for (Map.Entry<String, KerasValue> argument : instance.arguments().entrySet()) {
            Optional<JsonValue> given = arguments.get(argument.getKey());
            if (given.isEmpty() || !says(given.get(), argument.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** After the last member, on a line of its own if the last member has one. */
    private void insert(JsonObject object, String name, String value) {
        String member = "\"" + name + "\": " + value;
        if (object.members().isEmpty()) {
            replace(new Span(object.span().start() + 1, object.span().start() + 1), member);
            return;
        }
        JsonMember last = object.members().get(object.members().size() - 1);
        int line = last.span().start();
        while (line > 0 && Character.isWhitespace(source.text().charAt(line - 1))) {
            line--;
        }
        String gap = source.text().substring(line, last.span().start());
        String between = gap.contains("\n") ? "," + gap : ", ";
        Span behind = new Span(last.span().end(), last.span().end());
        // Several members inserted in one place are one edit.
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).span().equals(behind)) {
                String before = edits.get(i).replacement();
                edits.set(i, new Edit(source, behind, before + between + member, Edit.Certainty.EXACT));
                return;
            }
        }
        replace(behind, between + member);
    }
}
