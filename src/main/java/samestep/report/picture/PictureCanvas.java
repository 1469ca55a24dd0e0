package samestep.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import samestep.report.ChartSheet;

/** Draws dots, twice as many as there are units. */
final class PictureCanvas implements Canvas {
    private static final int SCALE = 2;
    private static final Color[] SERIES = {
        new Color(0x2f5fc0), new Color(0xc2570c), new Color(0x12805c), new Color(0x9b3fa5), new Color(0x6b6b00)
    };
    private static final float[][] DASHES = {{}, {7, 3}, {2, 3}, {9, 3, 2, 3}, {}};

    private final Graphics2D graphics;

    private PictureCanvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** A sheet of charts as a PNG file. */
    static byte[] png(ChartSheet sheet) {
        BufferedImage image = new BufferedImage(
                (int) (SCALE * sheet.width()), (int) (SCALE * sheet.height()), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(SCALE, SCALE);
        sheet.draw(new PictureCanvas(graphics));
        graphics.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Color colour(Ink ink) {
        return switch (ink) {
            case GRID -> new Color(0xe2e2de);
            case AXIS -> new Color(0x8a8a85);
            case LABEL -> new Color(0x55554f);
            case TITLE -> new Color(0x1d1d1b);
        };
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink) {
        graphics.setColor(colour(ink));
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void curve(double[] x, double[] y, int series) {
        graphics.setColor(SERIES[series % SERIES.length]);
        float[] dashes = DASHES[series % DASHES.length];
        graphics.setStroke(
                dashes.length == 0
                        ? new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                        : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
        Path2D path = new Path2D.Double();
        path.moveTo(x[0], y[0]);
        for (int i = 1; i < x.length; i++) {
            path.lineTo(x[i], y[i]);
        }
        graphics.draw(path);
    }

    @Override
    public void text(double x, double y, String words, Anchor anchor, Ink ink) {
        graphics.setColor(colour(ink));
        graphics.setFont(new Font(Font.SANS_SERIF, ink == Ink.TITLE ? Font.BOLD : Font.PLAIN, 12));
        double width = graphics.getFontMetrics().stringWidth(words);
        double shift = switch (anchor) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
        };
        graphics.drawString(words, (float) (x - shift), (float) y);
    }
}
