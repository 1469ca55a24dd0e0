package samestep.recipe.setting;

import java.util.Optional;
import samestep.finding.Place;
import samestep.recipe.Origin;

/**
 * One setting of a training.
 *
 * @param kind what it decides
 * @param layer which layer has it; {@link samestep.recipe.ParameterName#ANY_LAYER} for every layer that can have it, empty
 *     for a setting of the whole run
 * @param part which parameter of the layer has it, such as {@code kernel}, or which field of the form; empty where the layer
 *     or the run has it
 * @param value in the unit of the kind
 * @param spelling how the framework says it
 */
public record Setting(SettingKind kind, String layer, String part, SettingValue value, Spelling spelling) {

    /**
     * How a framework says a setting.
     *
     * @param words the field and what is written: {@code momentum 0.1}; or why there is a value though none is written
     * @param origin where it comes from; a place only where one token of a file says it
     * @param convention how the number that is written becomes the value
     */
    public record Spelling(String words, Origin origin, Convention convention) {}

    /** A setting of the whole run. */
    public static Setting ofRun(SettingKind kind, SettingValue value, Spelling spelling) {
        return new Setting(kind, "", "", value, spelling);
    }

    /** A setting of a layer. */
    public static Setting ofLayer(SettingKind kind, String layer, SettingValue value, Spelling spelling) {
        return new Setting(kind, layer, "", value, spelling);
    }

    /** Whether the file says it, and not a default. */
    public boolean isWritten() {
        return !(spelling.origin() instanceof Origin.Default);
    }

    /** Where it is written, if one place says it. */
    public Optional<Place> place() {
        return spelling.origin().where();
    }

    /** The same for a layer of another name. */
    public Setting in(String otherLayer) {
        return new Setting(kind, otherLayer, part, value, spelling);
    }

    /** What has it: the run, a layer, or a parameter of a layer. */
    public String owner() {
        return (layer + " " + part).strip();
    }
}
