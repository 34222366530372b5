package fr.tambour.ui;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sign, always beside a word or inside something that has a label: {@code ${Icon.BELL}} in a template. Phosphor bold (MIT), 256 box, drawn inline in
 * the colour of the text. Hidden from readers.
 */
public final class Icon implements Content {

    public static final Icon ARROW_COUNTER_CLOCKWISE = new Icon("arrow-counter-clockwise");
    public static final Icon ARROW_DOWN = new Icon("arrow-down");
    public static final Icon ARROW_LEFT = new Icon("arrow-left");
    public static final Icon ARROW_RIGHT = new Icon("arrow-right");
    public static final Icon ARROW_SQUARE_OUT = new Icon("arrow-square-out");
    public static final Icon ARROW_UP = new Icon("arrow-up");
    public static final Icon BARRICADE = new Icon("barricade");
    public static final Icon BELL = new Icon("bell");
    public static final Icon CALENDAR_BLANK = new Icon("calendar-blank");
    public static final Icon CARET_DOWN = new Icon("caret-down");
    public static final Icon CARET_RIGHT = new Icon("caret-right");
    public static final Icon CHAT_TEXT = new Icon("chat-text");
    public static final Icon CHECK = new Icon("check");
    public static final Icon CHECK_CIRCLE = new Icon("check-circle");
    public static final Icon CLOCK = new Icon("clock");
    public static final Icon CLOCK_COUNTER_CLOCKWISE = new Icon("clock-counter-clockwise");
    public static final Icon COPY = new Icon("copy");
    public static final Icon DOWNLOAD_SIMPLE = new Icon("download-simple");
    public static final Icon DROP = new Icon("drop");
    public static final Icon ENVELOPE_SIMPLE = new Icon("envelope-simple");
    public static final Icon EYE = new Icon("eye");
    public static final Icon FLAG = new Icon("flag");
    public static final Icon GLOBE = new Icon("globe");
    public static final Icon INFO = new Icon("info");
    public static final Icon KEY = new Icon("key");
    public static final Icon LIGHTNING = new Icon("lightning");
    public static final Icon LINK_SIMPLE = new Icon("link-simple");
    public static final Icon LIST_BULLETS = new Icon("list-bullets");
    public static final Icon LIST_NUMBERS = new Icon("list-numbers");
    public static final Icon MAGNIFYING_GLASS = new Icon("magnifying-glass");
    public static final Icon NEWSPAPER = new Icon("newspaper");
    public static final Icon PAPER_PLANE_TILT = new Icon("paper-plane-tilt");
    public static final Icon PAPERCLIP = new Icon("paperclip");
    public static final Icon PENCIL_SIMPLE = new Icon("pencil-simple");
    public static final Icon PHONE = new Icon("phone");
    public static final Icon PLUS = new Icon("plus");
    public static final Icon PRINTER = new Icon("printer");
    public static final Icon PROHIBIT = new Icon("prohibit");
    public static final Icon QUOTES = new Icon("quotes");
    public static final Icon RSS = new Icon("rss");
    public static final Icon SHARE_NETWORK = new Icon("share-network");
    public static final Icon TAMBOUR = new Icon("tambour");
    public static final Icon TEXT_B = new Icon("text-b");
    public static final Icon TEXT_H_THREE = new Icon("text-h-three");
    public static final Icon TEXT_H_TWO = new Icon("text-h-two");
    public static final Icon TEXT_ITALIC = new Icon("text-italic");
    public static final Icon TRASH = new Icon("trash");
    public static final Icon WARNING = new Icon("warning");
    public static final Icon WARNING_CIRCLE = new Icon("warning-circle");
    public static final Icon WARNING_OCTAGON = new Icon("warning-octagon");
    public static final Icon WAVES = new Icon("waves");
    public static final Icon X = new Icon("x");

    private final String svg;

    private Icon(String name) {
        String shape = Sprite.SHAPES.get(name);
        if (shape == null) {
            throw new IllegalStateException("icons.svg has no symbol " + name);
        }
        svg = "<svg class=\"i\" viewBox=\"0 0 256 256\" aria-hidden=\"true\" focusable=\"false\">" + shape + "</svg>";
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(svg);
    }

    /** The shapes, in one file that a drawing program can open. */
    private static final class Sprite {

        static final Map<String, String> SHAPES = read();

        private static Map<String, String> read() {
            Pattern symbol = Pattern.compile("<symbol id=\"([a-z-]+)\" viewBox=\"0 0 256 256\">(.*?)</symbol>");
            try (InputStream in = Icon.class.getResourceAsStream("icons.svg")) {
                if (in == null) {
                    throw new IllegalStateException("icons.svg is missing from the application");
                }
                Matcher found = symbol.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                Map<String, String> shapes = new HashMap<>();
                while (found.find()) {
                    shapes.put(found.group(1), found.group(2));
                }
                return shapes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
