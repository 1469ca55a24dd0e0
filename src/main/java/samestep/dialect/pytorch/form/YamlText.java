package samestep.dialect.pytorch.form;

import java.util.Map;
import java.util.stream.Collectors;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.recipe.Quantity;
import samestep.syntax.yaml.Yaml;

/** Writes YAML: numbers as PyYAML reads them, two blanks a level. */
public final class YamlText {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** A name with a value. */
    public YamlText line(String name, String value) {
        text.append("  ".repeat(depth)).append(name).append(": ").append(value).append('\n');
        return this;
    }

    /** A name with a value. */
    public YamlText line(String name, PytorchValue value) {
        return line(name, value(value));
    }

    /** A name, and what follows belongs to it. */
    public YamlText open(String name) {
        text.append("  ".repeat(depth)).append(name).append(":\n");
        depth++;
        return this;
    }

    /** The end of that. */
    public YamlText close() {
        depth--;
        return this;
    }

    /** Names with values. */
    public YamlText lines(Map<String, PytorchValue> values) {
        values.forEach(this::line);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** A number as it will be written. */
    public static String number(Quantity quantity) {
        return Yaml.number(quantity.text().isEmpty() ? quantity.written() : quantity.text());
    }

    /** A value on one line. */
    public static String value(PytorchValue value) {
        if (value instanceof Num number) {
            return number(number.quantity());
        }
        if (value instanceof Flag flag) {
            return flag.on() ? "true" : "false";
        }
        if (value instanceof Text words) {
            return words.text();
        }
        return value instanceof Many many
                ? many.values().stream().map(YamlText::value).collect(Collectors.joining(", ", "[", "]"))
                : "null";
    }
}
