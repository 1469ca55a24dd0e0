package samestep.dialect.keras.write;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.dialect.keras.KerasConfiguration;
import samestep.dialect.keras.KerasSubclass;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Many;
import samestep.dialect.keras.document.KerasValue.Nothing;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.document.KerasValue.Text;
import samestep.dialect.keras.layer.KerasLoss;
import samestep.dialect.write.UniqueNames;

/** Writes a configuration as JSON; objects in the form that {@code keras.optimizers.deserialize} takes. */
final class KerasJson {
    /** Marks the format, with its version. */
    static final String MARKER = "keras/1";

    private final JsonWriter out;

    private KerasJson(JsonWriter out) {
        this.out = out;
    }

    static String print(KerasConfiguration configuration) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new UniqueNames(text)) {
            writer.setIndent("  ");
            new KerasJson(writer).document(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    /** A value on one line, spaced as Python's json does. */
    static String line(KerasValue value) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new UniqueNames(text)) {
            writer.setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true));
            writer.setStrictness(Strictness.LENIENT);
            new KerasJson(writer).value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void document(KerasConfiguration configuration) throws IOException {
        out.beginObject();
        out.name("samestep").value(MARKER);
        if (!configuration.generation().version().isEmpty()) {
            out.name("keras_version").value(configuration.generation().version());
        }
        out.name("optimizer");
        value(configuration.optimizer());
        excluded(configuration.excluded());
        lossWeights(configuration.lossWeights());
        subclass(configuration.subclass());
        out.name("layers").beginObject();
        for (Map.Entry<String, Map<String, KerasValue>> layer :
                configuration.layers().entrySet()) {
            out.name(layer.getKey()).beginObject();
            members(layer.getValue());
            out.endObject();
        }
        out.endObject();
        out.endObject();
    }

    /** The arguments of the optimizer's method of that name, which Keras serializes nowhere. */
    private void excluded(List<String> patterns) throws IOException {
        if (patterns.isEmpty()) {
            return;
        }
        out.name(KerasDecayWriter.EXCLUDED).beginObject().name("var_names").beginArray();
        for (String pattern : patterns) {
            out.value(pattern);
        }
        out.endArray().endObject();
    }

    /** An argument of {@code compile}, where a model's own JSON has it too. */
    private void lossWeights(List<Num> weights) throws IOException {
        if (weights.isEmpty()) {
            return;
        }
        out.name("compile_config").beginObject().name(KerasLoss.WEIGHTS).beginArray();
        for (Num weight : weights) {
            out.jsonValue(weight.text());
        }
        out.endArray().endObject();
    }

    /** Nothing that Keras loads: it is how the Python text is read back. */
    private void subclass(KerasSubclass subclass) throws IOException {
        if (subclass.isEmpty()) {
            return;
        }
        out.name(KerasSubclass.MEMBER).beginObject();
        out.name("rates").beginObject();
        members(new LinkedHashMap<>(subclass.rates()));
        out.endObject();
        out.name("weight_decays").beginObject();
        members(new LinkedHashMap<>(subclass.weightDecays()));
        out.endObject();
        out.name("frozen").beginArray();
        for (String variable : subclass.frozen()) {
            out.value(variable);
        }
        out.endArray();
        out.name("decays").beginObject();
        for (Map.Entry<String, Map<String, Num>> decay : subclass.decays().entrySet()) {
            out.name(decay.getKey()).beginObject();
            members(new LinkedHashMap<>(decay.getValue()));
            out.endObject();
        }
        out.endObject();
        out.endObject();
    }

    private void members(Map<String, KerasValue> members) throws IOException {
        for (Map.Entry<String, KerasValue> member : members.entrySet()) {
            out.name(member.getKey());
            value(member.getValue());
        }
    }

    private void value(KerasValue value) throws IOException {
        if (value instanceof Num number) {
            out.jsonValue(number.text());
        } else if (value instanceof Flag flag) {
            out.value(flag.on());
        } else if (value instanceof Nothing) {
            out.nullValue();
        } else if (value instanceof Many many) {
            out.beginArray();
            for (KerasValue element : many.values()) {
                value(element);
            }
            out.endArray();
        } else if (value instanceof Text text) {
            out.value(text.text());
        } else if (value instanceof Instance instance) {
            instance(instance);
        }
    }

    /** Keras 1's regularizers have their coefficients beside the name; only newer objects say their module. */
    private void instance(Instance instance) throws IOException {
        out.beginObject();
        if (instance.className().equals(KerasSpelling.REGULARIZER_OF_KERAS_1)) {
            out.name("name").value(instance.className());
            members(instance.arguments());
        } else {
            if (!instance.module().isEmpty()) {
                out.name("module").value(instance.module());
            }
            out.name("class_name").value(instance.className());
            out.name("config").beginObject();
            members(instance.arguments());
            out.endObject();
        }
        out.endObject();
    }
}
