package samestep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.ValueRow;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow;
import samestep.finding.Place;
import samestep.recipe.Parameter;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.Unjudged;

/**
 * A value that two configurations do not share.
 *
 * @param name what it is, in the field's terms: {@code momentum}, {@code L2 gradient coefficient}, {@code batch size}
 * @param about whether it is of the update, or of a setting beside it
 * @param of the parameters or layers that have it, as the first configuration names them; empty for the whole training
 * @param first what the first configuration says
 * @param second what the second one says
 */
public record Difference(String name, About about, List<String> of, Side first, Side second) {

    /** What a value belongs to. */
    public enum About {
        /** The update: each makes other steps of the same gradients. */
        UPDATE,
        /** A setting beside the update: the batch, an initializer, dropout, the loss's smoothing. */
        SETTING,
        /** A field of the net or the data, of two files of one form. What follows from it is not judged. */
        FIELD
    }

    /**
     * A value on one side.
     *
     * @param words what is written, or what holds by default; {@code -} where the side has no such thing
     * @param place where it is written; empty where it is a default
     */
    public record Side(String words, Optional<Finding.Place> place) {
        static Side of(String words, Optional<Place> place) {
            return new Side(words.isEmpty() ? "-" : words, place.map(Finding::place));
        }
    }

    /**
     * Copies the names.
     *
     * @param name what it is
     * @param about what it decides
     * @param of what has it
     * @param first on the first side
     * @param second on the second side
     */
    public Difference {
        of = List.copyOf(of);
    }

    static List<Difference> of(List<ValueRow> rows, SettingComparison settings) {
        List<Difference> all = new ArrayList<>();
        rows.stream().filter(row -> !row.same()).map(Difference::of).forEach(all::add);
        settings.of(SettingRow.Status.DIFFERS).stream().map(Difference::of).forEach(all::add);
        settings.unjudged().stream().map(Difference::of).forEach(all::add);
        return all;
    }

    private static Difference of(ValueRow row) {
        List<String> parameters = row.parameters().stream()
                .map(Parameter::name)
                .map(Object::toString)
                .toList();
        return new Difference(row.name(), About.UPDATE, parameters, side(row.source()), side(row.target()));
    }

    private static Side side(ValueRow.Side side) {
        return Side.of(side.words(), side.place());
    }

    private static Difference of(SettingRow row) {
        return new Difference(row.kind().words(), About.SETTING, row.owners(), side(row.source()), side(row.target()));
    }

    private static Side side(Optional<Setting> setting) {
        return Side.of(setting.map(s -> s.spelling().words()).orElse(""), setting.flatMap(Setting::place));
    }

    private static Difference of(Unjudged.Difference field) {
        return new Difference(
                field.path(),
                About.FIELD,
                List.of(),
                Side.of(field.source(), Optional.empty()),
                Side.of(field.target(), Optional.empty()));
    }

    /** {@return such as {@code momentum: 0.9 and 0.99}} */
    @Override
    public String toString() {
        return name + (of.isEmpty() ? "" : " of " + String.join(", ", of)) + ": " + first.words() + " and "
                + second.words();
    }
}
