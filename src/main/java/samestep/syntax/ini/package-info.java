/** Reads files of sections and {@code key=value} lines as Darknet reads them, and changes them in place. */
@org.jspecify.annotations.NullMarked
package samestep.syntax.ini;
