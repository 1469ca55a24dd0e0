package samestep.check.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Recipe;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;

/**
 * Running statistics that keep a tenth of their past or less: Keras' momentum 0.1, PyTorch's 0.9. They are then those of the
 * last batch or two. A share of 0 is left alone: the last batch only can be meant.
 */
final class StatisticsInAnotherUnit extends RecipeRule {
    private static final BigDecimal MOST = new BigDecimal("0.1");

    @Override
    public Code code() {
        return Code.SS214;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        Map<Place, List<Setting>> byPlace = new LinkedHashMap<>();
        for (Setting setting : recipe.allSettings().of(SettingKind.STATISTICS_KEPT)) {
            if (setting.value() instanceof SettingValue.Number number
                    && number.quantity().decimal().signum() > 0
                    && number.quantity().decimal().compareTo(MOST) <= 0) {
                Place place = setting.place().orElseGet(() -> Place.start(subject.source()));
                byPlace.computeIfAbsent(place, k -> new ArrayList<>()).add(setting);
            }
        }
        // One cause, one finding: the first place, and how many layers say so.
        return byPlace.entrySet().stream()
                .limit(1)
                .map(first -> finding(first.getKey(), first.getValue().get(0), byPlace.size()))
                .toList();
    }

    private static Finding finding(Place place, Setting setting, int places) {
        BigDecimal kept = ((SettingValue.Number) setting.value()).quantity().decimal();
        boolean share = setting.spelling().convention() == Convention.AS_IS;
        String turned = Numbers.plain(BigDecimal.ONE.subtract(kept));
        String unturned = Numbers.plain(kept);
        return Finding.at(
                        place,
                        Code.SS214,
                        setting.spelling().words() + ": each batch keeps " + unturned
                                + " of the running statistics, so they are those of the last few batches"
                                + (places > 1 ? " (" + places + " places)" : ""))
                .detail(
                        share
                                ? "Here the number is the share of the old value; PyTorch's momentum is the share of the new"
                                        + " one. If it came from PyTorch, write " + turned + "."
                                : "Here the number is the share of the new value; in Keras, TensorFlow and Caffe it is that"
                                        + " of the old one. If it came from there, write " + unturned + ".");
    }
}
