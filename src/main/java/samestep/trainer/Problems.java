package samestep.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.Span;

/** Reads reference problems; two of them come with the program. */
public final class Problems {
    private Problems() {}

    /** The problem of that name that comes with the program: {@code linear} or {@code mlp}. */
    public static Problem builtIn(String name) {
        try (InputStream in = Problems.class.getResourceAsStream("problems.json")) {
            if (in == null) {
                throw new IllegalStateException("problems.json is not in the jar");
            }
            return read(SourceReader.read("problems.json", in), name)
                    .value()
                    .orElseThrow(() -> new IllegalArgumentException("no problem " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A problem of a file in the recorded format. */
    public static Outcome<Problem> read(SourceText source, String name) {
        Outcome<JsonValue> parsed = Json.parse(source);
        return parsed.then(root -> {
            Optional<JsonObject> object = Optional.of(root)
                    .filter(JsonObject.class::isInstance)
                    .flatMap(r -> ((JsonObject) r).get(name))
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast);
            Optional<Problem> problem = object.flatMap(o -> problem(o, name));
            return problem.map(p -> Outcome.of(p, List.of()))
                    .orElseGet(() -> Outcome.failed(Finding.at(
                            new Place(source, new Span(0, 0)),
                            Code.SS004,
                            "no problem \"" + name + "\" with x, batch_size, init and target or labels in this file")));
        });
    }

    private static Optional<Problem> problem(JsonObject object, String name) {
        Optional<double[][]> x = matrix(object, "x");
        Optional<JsonNumber> batch =
                object.get("batch_size").filter(JsonNumber.class::isInstance).map(JsonNumber.class::cast);
        Optional<JsonObject> init =
                object.get("init").filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
        if (x.isEmpty() || batch.isEmpty() || init.isEmpty()) {
            return Optional.empty();
        }
        int batchSize = (int) batch.get().doubleValue();
        if (name.equals("linear")) {
            return matrix(object, "target")
                    .map(target -> new LinearProblem(x.get(), target, batchSize, initial(init.get(), "W1", "b1")));
        }
        List<double[]> weights = initial(init.get(), "W1", "b1", "W2", "b2");
        return object.get("labels").map(Problems::flat).map(labels -> {
            int[] whole = new int[labels.size()];
            for (int i = 0; i < whole.length; i++) {
                whole[i] = labels.get(i).intValue();
            }
            return new MultilayerProblem(
                    x.get(),
                    whole,
                    batchSize,
                    weights,
                    weights.get(1).length,
                    weights.get(3).length,
                    MultilayerProblem.HeldOut.NONE);
        });
    }

    private static List<double[]> initial(JsonObject init, String... names) {
        List<double[]> weights = new ArrayList<>();
        for (String name : names) {
            List<Double> values = init.get(name).map(Problems::flat).orElse(List.of());
            weights.add(values.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return weights;
    }

    private static Optional<double[][]> matrix(JsonObject object, String name) {
        return object.get(name)
                .filter(JsonArray.class::isInstance)
                .map(value -> ((JsonArray) value)
                        .elements().stream()
                                .map(row -> flat(row).stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())
                                .toArray(double[][]::new));
    }

    private static List<Double> flat(JsonValue value) {
        List<Double> numbers = new ArrayList<>();
        if (value instanceof JsonNumber number) {
            numbers.add(number.doubleValue());
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> numbers.addAll(flat(element)));
        }
        return numbers;
    }
}
