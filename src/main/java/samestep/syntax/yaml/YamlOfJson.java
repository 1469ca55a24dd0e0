package samestep.syntax.yaml;

import java.util.List;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.syntax.yaml.YamlScalar.Kind;
import samestep.syntax.yaml.YamlScalar.Style;
import samestep.text.Span;

/** JSON as YAML: the kinds are those of JSON, where 1e-4 is a number. */
final class YamlOfJson {
    private YamlOfJson() {}

    static YamlValue of(JsonValue value) {
        if (value instanceof JsonObject object) {
            List<YamlEntry> entries =
                    object.members().stream().map(YamlOfJson::entry).toList();
            return new YamlMapping(entries, true, "", object.span());
        }
        if (value instanceof JsonArray array) {
            return new YamlSequence(
                    array.elements().stream().map(YamlOfJson::of).toList(), true, "", array.span());
        }
        if (value instanceof JsonString string) {
            return scalar(string.value(), Kind.STRING, Style.QUOTED, string.span());
        }
        if (value instanceof JsonNumber number) {
            Kind kind = number.isInteger() ? Kind.INTEGER : Kind.FLOAT;
            return scalar(number.text(), kind, Style.PLAIN, number.span());
        }
        if (value instanceof JsonBoolean bool) {
            return scalar(String.valueOf(bool.value()), Kind.BOOLEAN, Style.PLAIN, bool.span());
        }
        return scalar("null", Kind.NULL, Style.PLAIN, value.span());
    }

    private static YamlEntry entry(JsonMember member) {
        return new YamlEntry(scalar(member.name(), Kind.STRING, Style.QUOTED, member.nameSpan()), of(member.value()));
    }

    private static YamlScalar scalar(String text, Kind kind, Style style, Span span) {
        return new YamlScalar(text, kind, style, "", span);
    }
}
