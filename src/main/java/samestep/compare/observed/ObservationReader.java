package samestep.compare.observed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import samestep.compare.observed.Observation.Stream;
import samestep.compare.observed.Observation.Tensor;
import samestep.equation.Shape;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** Reads what the Python package observed. */
public final class ObservationReader {
    private final SourceText source;

    /** Of a document. */
    public ObservationReader(SourceText source) {
        this.source = source;
    }

    /** Something is missing, or of another type or length than it should be. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }
    }

    /** The observation; none, with SS004, where the input is not one. */
    public Outcome<Observation> read() {
        return Json.parse(source).then(value -> {
            try {
                return Outcome.of(observation(object(value)), List.of());
            } catch (Broken e) {
                return Outcome.failed(Finding.of(Code.SS004, "the observation: " + e.getMessage()));
            }
        });
    }

    private static Observation observation(JsonObject root) throws Broken {
        List<Tensor> tensors = new ArrayList<>();
        for (JsonValue value : array(root, "tensors")) {
            JsonObject tensor = object(value);
            List<JsonValue> shape = array(tensor, "shape");
            if (shape.size() != 2) {
                throw new Broken("a shape has two numbers");
            }
            Role role = role(text(tensor, "role"));
            tensors.add(new Tensor(
                    text(tensor, "name"),
                    new ParameterName(text(tensor, "layer"), role),
                    new Shape((int) number(shape.get(0)), (int) number(shape.get(1)))));
        }
        List<Stream> streams = new ArrayList<>();
        for (JsonValue value : array(root, "streams")) {
            streams.add(stream(object(value), tensors));
        }
        boolean shipped = root.get("shipped").orElse(null) instanceof JsonBoolean flag && flag.value();
        return new Observation(
                tensors,
                streams,
                number(member(root, "unit")),
                number(member(root, "limit")),
                root.get("powers").isPresent() ? number(member(root, "powers")) : 0,
                shipped);
    }

    private static Role role(String word) throws Broken {
        for (Role role : Role.values()) {
            if (role.word().equals(word.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw new Broken("no role is called " + word);
    }

    private static Stream stream(JsonObject stream, List<Tensor> tensors) throws Broken {
        List<List<List<double[]>>> gradients = new ArrayList<>();
        for (JsonValue update : array(stream, "gradients")) {
            List<List<double[]>> steps = new ArrayList<>();
            for (JsonValue step : array(update)) {
                steps.add(tensors(step, tensors));
            }
            gradients.add(steps);
        }
        List<List<double[]>> weights = new ArrayList<>();
        for (JsonValue update : array(stream, "weights")) {
            weights.add(tensors(update, tensors));
        }
        if (weights.size() != gradients.size()) {
            throw new Broken("weights after every update are expected");
        }
        return new Stream(
                text(stream, "name"),
                (int) number(member(stream, "schedule_from")),
                (int) number(member(stream, "updates_from")),
                tensors(member(stream, "initial"), tensors),
                gradients,
                weights);
    }

    private static List<double[]> tensors(JsonValue value, List<Tensor> tensors) throws Broken {
        List<JsonValue> values = array(value);
        if (values.size() != tensors.size()) {
            throw new Broken("one list for each tensor is expected");
        }
        List<double[]> numbers = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<JsonValue> entries = array(values.get(i));
            if (entries.size() != tensors.get(i).shape().size()) {
                throw new Broken("one number for each entry is expected");
            }
            double[] tensor = new double[entries.size()];
            for (int j = 0; j < tensor.length; j++) {
                tensor[j] = number(entries.get(j));
            }
            numbers.add(tensor);
        }
        return numbers;
    }

    private static JsonValue member(JsonObject object, String name) throws Broken {
        return object.get(name).orElseThrow(() -> new Broken("without " + name));
    }

    private static JsonObject object(JsonValue value) throws Broken {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new Broken("an object is expected");
    }

    private static List<JsonValue> array(JsonObject object, String name) throws Broken {
        return array(member(object, name));
    }

    private static List<JsonValue> array(JsonValue value) throws Broken {
        if (value instanceof JsonArray array) {
            return array.elements();
        }
        throw new Broken("a list is expected");
    }

    private static String text(JsonObject object, String name) throws Broken {
        if (member(object, name) instanceof JsonString string) {
            return string.value();
        }
        throw new Broken("a text is expected for " + name);
    }

    /** A weight that has become infinite or not a number is null. */
    private static double number(JsonValue value) throws Broken {
        if (value.isNull()) {
            return Double.NaN;
        }
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        throw new Broken("a number is expected");
    }
}
