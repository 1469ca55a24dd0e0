package samestep.text;

/**
 * A place as editors show it.
 *
 * @param line line number, from 1
 * @param column column in code points, from 1
 */
public record Position(int line, int column) {

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
