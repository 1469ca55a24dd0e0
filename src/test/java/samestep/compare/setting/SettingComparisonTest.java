package samestep.compare.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import samestep.compare.proof.Partners;
import samestep.compare.setting.SettingRow.Status;
import samestep.recipe.Quantity;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;

/** Settings of two files, held against each other. */
class SettingComparisonTest {

    private static Setting kept(String layer, String momentum, Convention convention) {
        Quantity written = Quantity.byDefault(momentum, "a framework's default");
        Quantity value = convention.turned(written);
        return Setting.ofLayer(
                SettingKind.STATISTICS_KEPT,
                layer,
                new SettingValue.Number(value),
                new Setting.Spelling("momentum " + momentum, value.origin(), convention));
    }

    private static List<SettingRow> rows(List<Setting> source, List<Setting> target, Map<String, String> layers) {
        return SettingComparison.of(new Settings(source), new Settings(target), new Partners(layers))
                .rows();
    }

    /** PyTorch's momentum is the share of the new value, Keras' that of the old one. */
    @Test
    void conventionsAreTurnedIntoOneUnit() {
        List<Setting> keras = List.of(kept("bn", "0.9", Convention.AS_IS));
        List<Setting> torch = List.of(kept("bn", "0.1", Convention.COMPLEMENT));
        List<Setting> copied = List.of(kept("bn", "0.9", Convention.COMPLEMENT));
        assertEquals(Status.SAME, rows(keras, torch, Map.of()).get(0).status());
        assertEquals(Status.DIFFERS, rows(keras, copied, Map.of()).get(0).status());
    }

    @Test
    void layersThatReadAlikeAreOneRow() {
        List<Setting> source = List.of(
                kept("a", "0.9", Convention.AS_IS),
                kept("b", "0.90", Convention.AS_IS),
                kept("c", "0.5", Convention.AS_IS));
        List<Setting> target = List.of(
                kept("a", "0.9", Convention.AS_IS),
                kept("b", "0.9", Convention.AS_IS),
                kept("d", "0.6", Convention.AS_IS));
        List<SettingRow> rows = rows(source, target, Map.of("c", "d"));
        assertEquals(
                List.of(List.of("a", "b"), List.of("c")),
                rows.stream().map(SettingRow::owners).toList());
        assertEquals(
                List.of(Status.SAME, Status.DIFFERS),
                rows.stream().map(SettingRow::status).toList());
    }

    /** Names of layers do not matter where a side has one value for all of them, and are never guessed elsewhere. */
    @Test
    void layersOfOtherNamesAreComparedByTheirOneValueOnly() {
        List<Setting> source = List.of(kept("a", "0.9", Convention.AS_IS), kept("b", "0.9", Convention.AS_IS));
        List<Setting> one = List.of(kept("x", "0.99", Convention.AS_IS));
        List<Setting> two = List.of(kept("x", "0.9", Convention.AS_IS), kept("y", "0.99", Convention.AS_IS));
        assertEquals(
                List.of(Status.DIFFERS),
                rows(source, one, Map.of()).stream().map(SettingRow::status).toList());
        assertTrue(rows(source, two, Map.of()).stream()
                .allMatch(r -> r.status() == Status.NOT_SAID_BY_TARGET || r.status() == Status.NOT_SAID_BY_SOURCE));
    }

    @Test
    void whatOneSideDoesNotSayIsNoDifference() {
        Settings source = Settings.NONE.and(
                Settings.ofRun(Optional.of(Quantity.byDefault("64", "a test")), 2, OptionalLong.of(1000)));
        SettingComparison comparison = SettingComparison.of(source, Settings.NONE, Partners.byName());
        assertEquals(2, comparison.of(Status.NOT_SAID_BY_TARGET).size());
        assertFalse(comparison.differs());
        Settings other = Settings.NONE.and(
                Settings.ofRun(Optional.of(Quantity.byDefault("128", "a test")), 1, OptionalLong.of(2000)));
        SettingComparison both = SettingComparison.of(source, other, Partners.byName());
        assertEquals(Status.SAME, both.rows().get(0).status(), "128 samples on both sides, whatever the micro-steps");
        assertEquals(Status.DIFFERS, both.rows().get(1).status());
        assertTrue(both.differs());
    }

    /** What one side says of every layer is held against each layer of the other. */
    @Test
    void everyLayerIsEachOfThem() {
        List<Setting> all = List.of(kept("*", "0.9", Convention.AS_IS));
        List<Setting> each = List.of(kept("a", "0.9", Convention.AS_IS), kept("b", "0.99", Convention.AS_IS));
        for (List<SettingRow> rows : List.of(rows(all, each, Map.of()), rows(each, all, Map.of()))) {
            assertEquals(
                    List.of(Status.SAME, Status.DIFFERS),
                    rows.stream().map(SettingRow::status).toList());
        }
    }
}
