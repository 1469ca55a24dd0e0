package samestep.dialect.jax.write;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.write.Written.Made;
import samestep.dialect.write.UniqueNames;
import samestep.equation.print.ExpressionPrinter;
import samestep.recipe.ParameterName;

/** Prints a chain as JSON. */
final class JsonPrinter {
    private final JsonWriter out;

    private JsonPrinter(JsonWriter out) {
        this.out = out;
    }

    /**
     * The document.
     *
     * @param steps what makes one gradient of several, if anything does
     */
    static String print(List<Made> chain, Optional<Made> steps) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new UniqueNames(text)) {
            json.setIndent("  ");
            JsonPrinter printer = new JsonPrinter(json);
            json.beginObject();
            json.name("chain");
            printer.value(new Written.Many(List.copyOf(chain)));
            if (steps.isPresent()) {
                json.name(steps.get().name());
                printer.value(new Written.Table(steps.get().named()));
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private void value(Written value) throws IOException {
        if (value instanceof Written.Num number) {
            out.value(new BigDecimal(number.text()));
        } else if (value instanceof Written.Flag flag) {
            out.value(flag.on());
        } else if (value instanceof Written.Many many) {
            out.beginArray();
            for (Written each : many.values()) {
                value(each);
            }
            out.endArray();
        } else if (value instanceof Written.Table table) {
            table(table.entries());
        } else if (value instanceof Written.Curve curve) {
            out.beginObject().name("formula").value(ExpressionPrinter.print(curve.formula()));
            out.endObject();
        } else if (value instanceof Written.Tree tree) {
            tree(tree);
        } else {
            made((Made) value);
        }
    }

    private void table(Map<String, Written> entries) throws IOException {
        out.beginObject();
        for (Map.Entry<String, Written> entry : entries.entrySet()) {
            out.name(entry.getKey());
            value(entry.getValue());
        }
        out.endObject();
    }

    private void made(Made made) throws IOException {
        out.beginObject();
        out.name(made.isSchedule() ? "schedule" : "fn").value(made.name());
        if (!made.positional().isEmpty()) {
            out.name("args");
            value(new Written.Many(made.positional()));
        }
        if (!made.named().isEmpty()) {
            out.name("kwargs");
            table(made.named());
        }
        out.endObject();
    }

    private void tree(Written.Tree tree) throws IOException {
        Map<String, Map<String, String>> layers = new LinkedHashMap<>();
        for (Map.Entry<ParameterName, String> entry : tree.of().entrySet()) {
            layers.computeIfAbsent(entry.getKey().layer(), l -> new LinkedHashMap<>())
                    .put(entry.getKey().role().word(), entry.getValue());
        }
        out.beginObject().name("parameters").beginObject();
        for (Map.Entry<String, Map<String, String>> layer : layers.entrySet()) {
            out.name(layer.getKey()).beginObject();
            for (Map.Entry<String, String> parameter : layer.getValue().entrySet()) {
                out.name(parameter.getKey());
                if (tree.isMask()) {
                    out.value(parameter.getValue().equals(Argument.Tree.TRUE));
                } else {
                    out.value(parameter.getValue());
                }
            }
            out.endObject();
        }
        out.endObject().endObject();
    }
}
