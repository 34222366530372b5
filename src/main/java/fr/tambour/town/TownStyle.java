package fr.tambour.town;

/** The words before a town's name. They are part of a French name, so they are not translated. */
public enum TownStyle {
    VILLE("Ville"),
    COMMUNE("Commune"),
    MAIRIE("Mairie"),
    COMMUNAUTE_DE_COMMUNES("Communauté de communes"),
    COMMUNAUTE_D_AGGLOMERATION("Communauté d’agglomération"),
    COMMUNAUTE_URBAINE("Communauté urbaine"),
    /** The name says it already: « Rennes Métropole », « Métropole Européenne de Lille ». */
    NAME_ALONE("");

    private final String words;

    TownStyle(String words) {
        this.words = words;
    }

    /** Whether the name alone is the town's name; an EPCI's needs the words before it. */
    public boolean ofCommune() {
        return switch (this) {
            case VILLE, COMMUNE, MAIRIE -> true;
            case COMMUNAUTE_DE_COMMUNES, COMMUNAUTE_D_AGGLOMERATION, COMMUNAUTE_URBAINE, NAME_ALONE -> false;
        };
    }

    /** « Ville du Havre »; an EPCI's name carries its own article: « Communauté de communes du Val d’Orge ». */
    public String before(String name) {
        return switch (this) {
            case VILLE, COMMUNE, MAIRIE -> words + " " + FrenchName.of(name);
            case COMMUNAUTE_DE_COMMUNES, COMMUNAUTE_D_AGGLOMERATION, COMMUNAUTE_URBAINE -> words + " " + name;
            case NAME_ALONE -> name;
        };
    }

    /** The small words above the name on a page: « Ville de », « Ville d’ », « Ville du », or empty. */
    public String prefix(String name) {
        String whole = before(name);
        return whole.substring(0, whole.length() - rest(name).length()).strip();
    }

    /** The large ones: « Clairval », « Évry », « Havre ». */
    public String rest(String name) {
        return switch (this) {
            case VILLE, COMMUNE, MAIRIE -> FrenchName.withoutContracted(name);
            case COMMUNAUTE_DE_COMMUNES, COMMUNAUTE_D_AGGLOMERATION, COMMUNAUTE_URBAINE, NAME_ALONE -> name;
        };
    }
}
