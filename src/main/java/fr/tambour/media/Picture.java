package fr.tambour.media;

import java.util.List;

/**
 * A picture that a town holds.
 *
 * @param hash SHA-256, hex, of its widest stored size: its name
 * @param width of the widest stored size, in pixels
 * @param height of it
 * @param mediaType {@code image/jpeg}, or {@code image/png} where parts are transparent
 * @param widths of all stored sizes, narrowest first
 * @param blurhash what it looks like from very far (blurha.sh); empty while that is not known
 */
public record Picture(String hash, int width, int height, String mediaType, List<Integer> widths, String blurhash) {

    public Picture {
        widths = List.copyOf(widths);
    }

    /** {@code jpg} or {@code png}. */
    public String extension() {
        return mediaType.equals("image/png") ? "png" : "jpg";
    }

    /** The height that belongs to a width. */
    public int heightAt(int narrower) {
        return Math.max(1, Math.round((float) height * narrower / width));
    }
}
