package samestep.compare.proof;

import java.util.ArrayList;
import java.util.List;
import samestep.equation.Branch;
import samestep.equation.Function;

/** Which sides of which branches were reached. */
final class Coverage implements Branch.Observer {
    private final List<String> places = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>();
    private final List<Integer> seen = new ArrayList<>();

    @Override
    public int register(String where, Function function) {
        places.add(where);
        functions.add(function);
        seen.add(0);
        return places.size() - 1;
    }

    @Override
    public void saw(int branch, int sides) {
        seen.set(branch, seen.get(branch) | sides);
    }

    /** Adds what another run over the same equations saw. */
    void add(Coverage other) {
        for (int i = 0; i < other.places.size(); i++) {
            if (i == places.size()) {
                register(other.places.get(i), other.functions.get(i));
            }
            saw(i, other.seen.get(i));
        }
    }

    /** The branches with a side that was never reached, as written in the equations. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (seen.get(i) != Branch.allSides(functions.get(i))) {
                gaps.add(places.get(i));
            }
        }
        return gaps;
    }
}
