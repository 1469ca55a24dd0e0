package samestep.syntax.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** Our values as Gson has them, for a second opinion. */
final class Gson {
    private Gson() {}

    static JsonElement of(JsonValue value) {
        if (value instanceof JsonObject object) {
            com.google.gson.JsonObject gson = new com.google.gson.JsonObject();
            object.members().forEach(member -> gson.add(member.name(), of(member.value())));
            return gson;
        }
        if (value instanceof JsonArray array) {
            com.google.gson.JsonArray gson = new com.google.gson.JsonArray();
            array.elements().forEach(element -> gson.add(of(element)));
            return gson;
        }
        if (value instanceof JsonString string) {
            return new JsonPrimitive(string.value());
        }
        if (value instanceof JsonNumber number) {
            return com.google.gson.JsonParser.parseString(number.text());
        }
        return value instanceof JsonBoolean bool ? new JsonPrimitive(bool.value()) : com.google.gson.JsonNull.INSTANCE;
    }
}
