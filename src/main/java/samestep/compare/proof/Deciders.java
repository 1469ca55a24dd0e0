package samestep.compare.proof;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Branch;
import samestep.equation.Function;
import samestep.equation.run.Exact;

/**
 * What decides where an update jumps, as numbers: the argument of a {@code sign}, the difference of what a comparison
 * compares. Two updates jump at the same gradients if what decides on one side is a number times what decides on the other. Of {@code min}, {@code max}, {@code abs} and {@code clip} nothing is kept: they are continuous and are
 * made of their arguments, so that with both sides reached the values say it all.
 */
final class Deciders implements Branch.Observer {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-80");

    private final List<String> places = new ArrayList<>();
    /** For each jump what was seen, by the moment it was seen at. */
    private final List<Map<Moment, List<BigDecimal[]>>> seen = new ArrayList<>();

    private Moment now = new Moment(0, 0);

    /** An update of a stream. */
    private record Moment(int stream, int update) {}

    @Override
    public int register(String where, Function function) {
        return -1;
    }

    @Override
    public int jump(String where) {
        places.add(where);
        seen.add(new HashMap<>());
        return places.size() - 1;
    }

    @Override
    public void saw(int branch, int sides) {}

    @Override
    public void decided(int jump, Object values) {
        if (values instanceof BigDecimal[] entries) {
            seen.get(jump).computeIfAbsent(now, moment -> new ArrayList<>()).add(entries);
        }
    }

    /** An update begins. */
    void at(int stream, int update) {
        now = new Moment(stream, update);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Adds what another run over the same equations saw. */
    void add(Deciders other) {
        for (int i = 0; i < other.places.size(); i++) {
            if (i == places.size()) {
                places.add(other.places.get(i));
                seen.add(new HashMap<>());
            }
            seen.get(i).putAll(other.seen.get(i));
        }
    }

    /** A jump of this side that no jump of the other is decided like, as far as was seen. */
    Optional<String> withoutPartner(Deciders other) {
        for (int i = 0; i < places.size(); i++) {
            Map<Moment, List<BigDecimal[]>> mine = seen.get(i);
            if (!isOfTheCount(mine) && other.seen.stream().noneMatch(theirs -> isMultiple(mine, theirs))) {
                return Optional.of(places.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether it depends on how many updates came before and on nothing else: then each run passes all of its values. */
    private static boolean isOfTheCount(Map<Moment, List<BigDecimal[]>> mine) {
        Map<Integer, BigDecimal> byUpdate = new HashMap<>();
        for (Map.Entry<Moment, List<BigDecimal[]>> entry : mine.entrySet()) {
            for (BigDecimal[] values : entry.getValue()) {
                BigDecimal known = byUpdate.computeIfAbsent(entry.getKey().update(), u -> values[0]);
                if (values.length != 1 || values[0].compareTo(known) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Of all entries of an update the same multiple; of single numbers at every update. */
    private static boolean isMultiple(Map<Moment, List<BigDecimal[]>> mine, Map<Moment, List<BigDecimal[]>> theirs) {
        if (!mine.keySet().equals(theirs.keySet())) {
            return false;
        }
        Ratio ofAll = new Ratio();
        for (Map.Entry<Moment, List<BigDecimal[]>> entry : mine.entrySet()) {
            List<BigDecimal[]> here = entry.getValue();
            List<BigDecimal[]> there = theirs.getOrDefault(entry.getKey(), List.of());
            if (here.size() != there.size()) {
                return false;
            }
            Ratio ofUpdate = new Ratio();
            for (int i = 0; i < here.size(); i++) {
                Ratio ratio = here.get(i).length == 1 ? ofAll : ofUpdate;
                if (!ratio.holds(here.get(i), there.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How many times the one the other is; the same for all that it is asked about. */
    private static final class Ratio {
        private Optional<BigDecimal> ratio = Optional.empty();

        boolean holds(BigDecimal[] here, BigDecimal[] there) {
            boolean same = here.length == there.length;
            for (int i = 0; same && i < here.length; i++) {
                same = holds(here[i], there[i]);
            }
            return same;
        }

        private boolean holds(BigDecimal here, BigDecimal there) {
            if (here.signum() == 0 || there.signum() == 0) {
                return here.signum() == there.signum();
            }
            BigDecimal found = here.divide(there, Exact.DIGITS);
            BigDecimal known = ratio.orElse(found);
            ratio = Optional.of(known);
            return found.subtract(known).abs().compareTo(known.abs().multiply(TOLERANCE)) <= 0;
        }
    }
}
