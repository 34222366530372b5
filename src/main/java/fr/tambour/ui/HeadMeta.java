package fr.tambour.ui;

import java.util.List;

/** A {@code <meta>} in the head of public pages: what programs read of a page. */
public record HeadMeta(String name, String content) {

    public interface Provider {
        List<HeadMeta> headMetas(Scope scope);
    }
}
