package fr.tambour.town;

import com.github.ajalt.colormath.model.Oklch;
import com.github.ajalt.colormath.model.RGB;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The colour roles of a town's pages, derived from its two colours so that contrast holds whatever it picks: lightness
 * and chroma are clamped in OKLCH, hue is kept. They are the roles of `static/css/tokens.css` as plain values, so that
 * older browsers, mails and screens have the same colours.
 *
 * @param light by role, {@code #rrggbb}
 * @param dark the same for dark pages
 */
public record Palette(Map<ColourRole, String> light, Map<ColourRole, String> dark) {

    public Palette {
        light = Collections.unmodifiableMap(new EnumMap<>(light));
        dark = Collections.unmodifiableMap(new EnumMap<>(dark));
    }

    /** @throws IllegalArgumentException if one of the two is no colour in hexadecimal digits */
    public static Palette of(Profile.Colours colours) {
        Hue first = Hue.of(colours.first());
        Hue second = Hue.of(colours.second());
        Map<ColourRole, String> light = new EnumMap<>(ColourRole.class);
        Map<ColourRole, String> dark = new EnumMap<>(ColourRole.class);
        for (ColourRole role : ColourRole.values()) {
            light.put(role, light(role, first, second));
            dark.put(role, dark(role, first, second));
        }
        return new Palette(light, dark);
    }

    /** @param dark on a dark page */
    public String colour(ColourRole role, boolean dark) {
        return (dark ? this.dark : light).getOrDefault(role, "");
    }

    private static String light(ColourRole role, Hue first, Hue second) {
        return switch (role) {
            case TOWN -> first.darkest(.44).atMost(.19).hex();
            case TOWN_DEEP -> first.darkest(.3).atMost(.08).hex();
            case TOWN_INK -> first.darkest(.42).hex();
            case TOWN_WASH -> first.at(.91).atMost(.02).hex();
            case BEAT_INK -> second.at(.56).hex();
            case WALL -> second.at(.955).atMost(.006).hex();
            case WALL_2 -> second.at(.92).atMost(.01).hex();
            case SHEET -> "#ffffff";
            case DRAFT -> second.at(.935).atMost(.012).hex();
            case INK -> first.at(.2).atMost(.03).hex();
            case INK_2 -> first.at(.43).atMost(.025).hex();
            case RULE -> second.at(.85).atMost(.012).hex();
            case EDGE -> first.at(.56).atMost(.025).hex();
            default -> both(role, first, second);
        };
    }

    private static String dark(ColourRole role, Hue first, Hue second) {
        return switch (role) {
            case TOWN -> first.between(.34, .42).atMost(.11).hex();
            case TOWN_DEEP -> first.at(.26).atMost(.06).hex();
            case TOWN_INK -> first.at(.84).atMost(.1).hex();
            case TOWN_WASH -> first.at(.3).atMost(.04).hex();
            case BEAT_INK -> both(ColourRole.BEAT, first, second);
            case WALL -> first.at(.2).atMost(.014).hex();
            case WALL_2, DRAFT -> first.at(.235).atMost(.016).hex();
            case SHEET -> first.at(.275).atMost(.016).hex();
            case INK -> first.at(.95).atMost(.01).hex();
            case INK_2 -> first.at(.77).atMost(.015).hex();
            case RULE -> first.at(.36).atMost(.018).hex();
            case EDGE -> first.at(.62).atMost(.02).hex();
            default -> both(role, first, second);
        };
    }

    /** The roles that light and dark pages share. */
    private static String both(ColourRole role, Hue first, Hue second) {
        return switch (role) {
            case ON_TOWN -> "#ffffff";
            case ON_TOWN_2ND -> first.at(.93).atMost(.03).hex();
            case BEAT -> second.lightest(.8).atMost(.16).hex();
            case ON_BEAT -> first.at(.2).atMost(.03).hex();
            case BEAT_HOVER -> second.at(.9).atMost(.1).hex();
            case TOWN_LINE -> first.at(.64).atMost(.06).hex();
            default -> throw new IllegalArgumentException(role + " differs between light and dark");
        };
    }

    /** A colour in OKLCH: lightness 0 to 1, chroma, hue in degrees. */
    private record Hue(double l, double c, double h) {

        static Hue of(String hex) {
            Oklch colour = RGB.Companion.invoke(hex).toOklch();
            // A grey has no hue: any will do, for it has no chroma either.
            double hue = Float.isNaN(colour.getH()) ? 0 : colour.getH();
            return new Hue(colour.getL(), colour.getC(), hue);
        }

        Hue at(double lightness) {
            return new Hue(lightness, c, h);
        }

        Hue darkest(double limit) {
            return at(Math.min(l, limit));
        }

        Hue lightest(double limit) {
            return at(Math.max(l, limit));
        }

        Hue between(double low, double high) {
            return at(Math.clamp(l, low, high));
        }

        Hue atMost(double chroma) {
            return new Hue(l, Math.min(c, chroma), h);
        }

        /** Brought into sRGB by less chroma at the same lightness (CSS Color 4, 13.2), so that contrast stays. */
        String hex() {
            if (inGamut(c)) {
                return hex(rgb(c));
            }
            double low = 0;
            double high = c;
            while (high - low > .0005) {
                double middle = (low + high) / 2;
                if (inGamut(middle)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return hex(rgb(low));
        }

        private static String hex(RGB rgb) {
            RGB clamped = rgb.clamp();
            return "#%02x%02x%02x".formatted(clamped.getRedInt(), clamped.getGreenInt(), clamped.getBlueInt());
        }

        private boolean inGamut(double chroma) {
            RGB rgb = rgb(chroma);
            return within(rgb.getR()) && within(rgb.getG()) && within(rgb.getB());
        }

        private static boolean within(float channel) {
            return channel >= -.0005f && channel <= 1.0005f;
        }

        private RGB rgb(double chroma) {
            return new Oklch((float) l, (float) chroma, (float) h, 1f).toSRGB();
        }
    }
}
