package samestep.dialect.tensorflow.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import samestep.dialect.tensorflow.Program;
import samestep.dialect.tensorflow.TensorflowVariable;
import samestep.dialect.tensorflow.call.CallLoss;
import samestep.recipe.ParameterName;

/** Writes a program as the calls that it makes: the document that says what the Python text does, and is read back. */
public final class ProgramJson {
    private final ProgramApi api;
    private final List<String> members = new ArrayList<>();

    private ProgramJson(ProgramApi api) {
        this.api = api;
    }

    static String print(Program program, ProgramApi api) {
        return new ProgramJson(api).document(program);
    }

    private String document(Program program) {
        List<String> layers = new ArrayList<>();
        program.regularizers()
                .forEach((name, coefficients) -> layers.add("    {\"call\": \"tf.compat.v1.get_variable\","
                        + " \"kwargs\": {\"name\": " + quoted(path(name)) + ", \"regularizer\": "
                        + regularizer(coefficients)
                        + "}}"));
        members.add("  \"layers\": [\n" + String.join(",\n", layers) + "\n  ]");
        members.add("  \"loss\": " + quoted(CallLoss.DATA_STATEMENT + "; " + api.lossStatement()));
        Program.Rate rate = program.rate();
        String rateText = rate.schedule().map(ProgramJson::call).orElse(rate.number());
        List<String> arguments = new ArrayList<>(List.of("\"learning_rate\": " + rateText));
        program.optimizer().arguments().forEach((name, value) -> arguments.add(quoted(name) + ": " + json(value)));
        members.add("  \"optimizer\": {\"call\": "
                + quoted("tf.compat.v1.train." + program.optimizer().name()) + ", \"kwargs\": {"
                + String.join(", ", arguments) + "}}");
        if (!program.isPlain()) {
            members.add("  \"gradients\": {" + String.join(", ", gradients(program)) + "}");
        }
        return "{\n" + String.join(",\n", members) + "\n}\n";
    }

    private static List<String> gradients(Program program) {
        List<String> parts = new ArrayList<>();
        if (program.inGradients()) {
            parts.add("\"times_rate\": true");
        }
        List<String> clips = program.clips().stream()
                .map(c -> "{\"by\": " + quoted(c.by().word()) + ", \"threshold\": " + c.threshold() + "}")
                .toList();
        if (!clips.isEmpty()) {
            String several = "[" + String.join(", ", clips) + "]";
            parts.add("\"clip\": " + (clips.size() == 1 ? clips.get(0) : several));
        }
        if (!program.added().isEmpty()) {
            parts.add("\"added\": " + object(program.added(), ProgramJson::numbers));
        }
        if (!program.decays().isEmpty()) {
            parts.add("\"weight_decay\": " + object(program.decays(), n -> n));
        }
        if (!program.rates().isEmpty()) {
            parts.add("\"rates\": " + object(program.rates(), n -> n));
        }
        if (!program.frozen().isEmpty()) {
            parts.add("\"frozen\": "
                    + program.frozen().stream()
                            .map(name -> quoted(path(name)))
                            .collect(Collectors.joining(", ", "[", "]")));
        }
        return parts;
    }

    private static <V> String object(Map<ParameterName, V> values, java.util.function.Function<V, String> printed) {
        return values.entrySet().stream()
                .map(e -> quoted(path(e.getKey())) + ": " + printed.apply(e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String numbers(Map<String, String> numbers) {
        return numbers.entrySet().stream()
                .map(e -> quoted(e.getKey()) + ": " + e.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The name that the reader of variables takes apart again. */
    public static String path(ParameterName name) {
        String word = TensorflowVariable.word(name.role());
        return word.isEmpty() ? name.layer() : name.layer() + "/" + word;
    }

    private String regularizer(Map<String, String> coefficients) {
        if (coefficients.isEmpty()) {
            return "null";
        }
        String name = api.hasHalf()
                ? "tf_slim." + String.join("_", coefficients.keySet()) + "_regularizer"
                : "tf.keras.regularizers." + String.join("_", coefficients.keySet());
        boolean both = coefficients.size() > 1;
        String arguments = coefficients.entrySet().stream()
                .map(e -> quoted(api.hasHalf() ? both ? "scale_" + e.getKey() : "scale" : e.getKey()) + ": "
                        + e.getValue())
                .collect(Collectors.joining(", "));
        return "{\"call\": " + quoted(name) + ", \"kwargs\": {" + arguments + "}}";
    }

    private static String call(Program.Invocation invocation) {
        return "{\"call\": " + quoted("tf.compat.v1.train." + invocation.name()) + ", \"kwargs\": "
                + invocation.arguments().entrySet().stream()
                        .map(e -> quoted(e.getKey()) + ": " + json(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"))
                + "}";
    }

    private static String json(String value) {
        return value.equals("True") ? "true" : value;
    }

    private static String quoted(String text) {
        return ProgramText.quoted(text);
    }
}
