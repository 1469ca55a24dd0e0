package samestep.program.value;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import samestep.program.value.Circumstances.Condition;

/** One condition before others, which are not copied: the alternatives of a name share most of theirs. */
final class Premises extends AbstractList<Condition> {
    private final Condition first;
    private final List<Condition> others;
    private final int size;

    /** With so many at most; the last of the others are left out. */
    Premises(Condition first, List<Condition> others, int most) {
        this.first = first;
        this.others = others;
        this.size = Math.min(others.size() + 1, most);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Condition get(int index) {
        java.util.Objects.checkIndex(index, size);
        List<Condition> rest = this;
        for (int i = index; rest instanceof Premises premises; i--) {
            if (i == 0) {
                return premises.first;
            }
            rest = premises.others;
            if (!(rest instanceof Premises)) {
                return rest.get(i - 1);
            }
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public Iterator<Condition> iterator() {
        return new Iterator<>() {
            private List<Condition> rest = Premises.this;
            private int taken;
            private int index;

            @Override
            public boolean hasNext() {
                return taken < size;
            }

            @Override
            public Condition next() {
                if (taken++ >= size) {
                    throw new NoSuchElementException();
                }
                if (rest instanceof Premises premises) {
                    rest = premises.others;
                    return premises.first;
                }
                return rest.get(index++);
            }
        };
    }
}
