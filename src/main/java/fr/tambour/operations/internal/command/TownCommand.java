package fr.tambour.operations.internal.command;

import fr.tambour.operations.TownFounder;
import fr.tambour.town.Town;
import fr.tambour.town.TownType;
import fr.tambour.town.Towns;
import fr.tambour.ui.Words;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `tambour town …` */
@Command(
        name = "town",
        subcommands = {TownCommand.ListAll.class, TownCommand.Add.class})
class TownCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    /** `tambour town list` */
    @Command(name = "list")
    static class ListAll implements OperatorCommand {

        private final Towns towns;
        private final Words french;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true)
        private boolean help;

        ListAll(Towns towns, Words words) {
            this.towns = towns;
            this.french = words;
        }

        @Override
        public int run(Console console) {
            List<Town> all = towns.all();
            all.forEach(town -> console.say("%s\t%s\t%s".formatted(town.slug(), town.baseUrl(), town.fullName())));
            if (all.isEmpty()) {
                console.complain(french.in(console.locale()).get("operations.town.none"));
            }
            return DONE;
        }
    }

    /** `tambour town add CODE --url URL --administrator MAIL` */
    @Command(name = "add")
    static class Add implements OperatorCommand {

        private final TownFounder founder;
        private final Words french;

        @Parameters(paramLabel = "CODE")
        private String code = "";

        @Option(names = "--type", paramLabel = "TYPE", defaultValue = "COMMUNE")
        private TownType type = TownType.COMMUNE;

        @Option(names = "--url", paramLabel = "URL", required = true)
        private URI url = URI.create("");

        @Option(names = "--administrator", paramLabel = "MAIL", required = true)
        private String administrator = "";

        @Option(
                names = {"-h", "--help"},
                usageHelp = true)
        private boolean help;

        Add(TownFounder founder, Words words) {
            this.founder = founder;
            this.french = words;
        }

        @Override
        public int run(Console console) {
            Words words = french.in(console.locale());
            TownFounder.Founded founded = founder.found(type, code, url, administrator);
            console.say(words.get(
                    "operations.town.added",
                    founded.town().fullName(),
                    founded.town().slug(),
                    founded.town().baseUrl()));
            console.say(words.get(
                    "operations.town.invitation",
                    founded.link().email(),
                    words.moment(founded.link().expires().atZone(ZoneId.systemDefault()))));
            console.say(founded.link().address().toString());
            return DONE;
        }
    }
}
