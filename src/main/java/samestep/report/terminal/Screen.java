package samestep.report.terminal;

/**
 * Where text for people is shown.
 *
 * @param colours whether escape sequences for colours may be written
 * @param width how many characters a line has; 0 where lines are not broken, such as in a file
 * @param live whether a line may be written over by the next, as progress does
 */
public record Screen(boolean colours, int width, boolean live) {
    /** A file, a pipe, a log: nothing is broken or coloured. */
    public static final Screen PLAIN = new Screen(false, 0, false);

    /** Narrower terminals are written to as if they had this width: one word a line cannot be read. */
    public static final int NARROWEST = 40;

    /** A screen; widths from 1 to {@link #NARROWEST} are made {@link #NARROWEST}. */
    public Screen {
        width = width <= 0 ? 0 : Math.max(width, NARROWEST);
    }

    /** The same screen, with or without colours. */
    public Screen withColours(boolean wanted) {
        return new Screen(wanted, width, live);
    }

    /** The width that is left beside an indentation; 0 where lines are not broken. */
    public int beside(int indentation) {
        return width == 0 ? 0 : Math.max(1, width - indentation);
    }

    /** Text in a style, where there are colours. */
    public String styled(Style style, String text) {
        return colours && !text.isEmpty() ? style.start() + text + Style.END : text;
    }
}
