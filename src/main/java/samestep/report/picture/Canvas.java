package samestep.report.picture;

/** Something that a chart is drawn on. Units are those of the chart's own size; y grows downwards. */
public interface Canvas {
    /** Where a text is anchored. */
    public enum Anchor {
        /** Its first letter. */
        START,
        /** Its middle. */
        MIDDLE,
        /** Its last letter. */
        END
    }

    /** What a line or a text is for; how that looks is the canvas' own. */
    public enum Ink {
        /** Lines below everything else. */
        GRID,
        /** The axes. */
        AXIS,
        /** Numbers at axes. */
        LABEL,
        /** Titles. */
        TITLE
    }

    /** A straight line. */
    void line(double x1, double y1, double x2, double y2, Ink ink);

    /**
     * A curve through points.
     *
     * @param series which one, from 0: its colour and dashes
     */
    void curve(double[] x, double[] y, int series);

    /** A text; y is its base line. */
    void text(double x, double y, String words, Anchor anchor, Ink ink);
}
