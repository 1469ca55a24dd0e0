package samestep.report.picture;

import java.util.Locale;
import samestep.report.ChartSheet;
import samestep.text.Html;

/** Draws as SVG. Colours are classes, so that a page can have them light and dark. */
public final class SvgCanvas implements Canvas {
    private static final String STYLE = """
        <style>
        svg { background: #ffffff; }
        .grid { stroke: #e2e2de; } .axis { stroke: #8a8a85; } .label { fill: #55554f; } .title { fill: #1d1d1b; font-weight: 600; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .s0 { stroke: #2f5fc0; } .s1 { stroke: #c2570c; } .s2 { stroke: #12805c; } .s3 { stroke: #9b3fa5; } .s4 { stroke: #6b6b00; }
        .s1 { stroke-dasharray: 7 3; } .s2 { stroke-dasharray: 2 3; } .s3 { stroke-dasharray: 9 3 2 3; }
        text { font-family: system-ui, sans-serif; font-size: 12px; }
        @media (prefers-color-scheme: dark) {
        svg { background: #1b1b1e; }
        .grid { stroke: #35353a; } .axis { stroke: #85858c; } .label { fill: #b9b9c0; } .title { fill: #f0f0f2; }
        .s0 { stroke: #8fb4ff; } .s1 { stroke: #ffa860; } .s2 { stroke: #57d3a4; } .s3 { stroke: #e39aec; } .s4 { stroke: #d6d65c; }
        }
        </style>
        """;
    private static final int COLOURS = 5;

    private final StringBuilder out = new StringBuilder();

    /** One chart to embed in a page, which has the colours. */
    public static String inPage(Chart chart) {
        SvgCanvas canvas = new SvgCanvas();
        chart.draw(canvas, 0, 0);
        return "<svg viewBox=\"0 0 " + number(Chart.WIDTH) + " " + number(Chart.HEIGHT)
                + "\" role=\"img\" aria-label=\"" + Html.escaped(chart.title()) + "\">\n" + canvas.out + "</svg>\n";
    }

    /** A sheet of charts as a file. */
    static String file(ChartSheet sheet) {
        SvgCanvas canvas = new SvgCanvas();
        sheet.draw(canvas);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(sheet.width()) + " "
                + number(sheet.height()) + "\" width=\"" + number(sheet.width()) + "\" height=\""
                + number(sheet.height()) + "\">\n" + STYLE + canvas.out + "</svg>\n";
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink) {
        out.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(word(ink), number(x1), number(y1), number(x2), number(y2)));
    }

    @Override
    public void curve(double[] x, double[] y, int series) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            points.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
        }
        out.append("<polyline class=\"curve s%d\" points=\"%s\"/>\n".formatted(series % COLOURS, points));
    }

    @Override
    public void text(double x, double y, String words, Anchor anchor, Ink ink) {
        out.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(
                        word(ink), number(x), number(y), anchor.name().toLowerCase(Locale.ROOT), Html.escaped(words)));
    }

    private static String word(Ink ink) {
        return ink.name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
