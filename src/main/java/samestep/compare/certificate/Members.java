package samestep.compare.certificate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Fraction;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;

/** The members of an object that have to be there, each of its type. */
final class Members {
    private final JsonObject object;

    Members(JsonValue value, String what) throws Broken {
        if (!(value instanceof JsonObject members)) {
            throw new Broken(what + ": an object is expected");
        }
        object = members;
    }

    /** Something is missing, of another type, or not what follows from the rest. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;
        private final String words;

        Broken(String words) {
            super(words);
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    JsonValue value(String name) throws Broken {
        return object.get(name).orElseThrow(() -> new Broken("there is no " + name));
    }

    Members member(String name) throws Broken {
        return new Members(value(name), name);
    }

    String text(String name) throws Broken {
        if (value(name) instanceof JsonString text) {
            return text.value();
        }
        throw new Broken(name + ": a text is expected");
    }

    void expect(String name, String expected) throws Broken {
        if (!text(name).equals(expected)) {
            throw new Broken(name + ": \"" + expected + "\" is expected");
        }
    }

    int whole(String name, int least, int most) throws Broken {
        Optional<BigDecimal> number =
                value(name) instanceof JsonNumber n && n.isInteger() ? n.decimal() : Optional.empty();
        if (number.isEmpty()
                || number.get().compareTo(BigDecimal.valueOf(least)) < 0
                || number.get().compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new Broken(name + ": a whole number from " + least + " to " + most + " is expected");
        }
        return number.get().intValueExact();
    }

    Fraction fraction(String name) throws Broken {
        return Fraction.parse(text(name))
                .orElseThrow(() -> new Broken(name + ": a fraction in lowest terms is expected, such as 9/10"));
    }

    List<Members> list(String name) throws Broken {
        List<Members> members = new ArrayList<>();
        for (JsonValue value : array(name)) {
            members.add(new Members(value, name));
        }
        return members;
    }

    /** A list of texts or of numbers, as they are written. */
    List<String> texts(String name) throws Broken {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(name)) {
            if (value instanceof JsonNumber number) {
                texts.add(number.text());
            } else if (value instanceof JsonString text) {
                texts.add(text.value());
            } else {
                throw new Broken(name + ": texts or numbers are expected");
            }
        }
        return texts;
    }

    private List<JsonValue> array(String name) throws Broken {
        if (value(name) instanceof JsonArray array) {
            return array.elements();
        }
        throw new Broken(name + ": a list is expected");
    }
}
