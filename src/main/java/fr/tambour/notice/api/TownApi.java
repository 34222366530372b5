package fr.tambour.notice.api;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Kind;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.people.Actor;
import fr.tambour.town.Districts;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Town", description = "Who one is, and what a notice can choose from. Any token will do.")
class TownApi {

    private final Districts districts;
    private final Themes themes;
    private final Channels channels;

    TownApi(Districts districts, Themes themes, Channels channels) {
        this.districts = districts;
        this.themes = themes;
        this.channels = channels;
    }

    @GetMapping("/me")
    @Operation(
            operationId = "getMe",
            summary = "Who the token acts as",
            description = "And in which town, with which rights.")
    Details.Me me(Town town, Actor actor) {
        return new Details.Me(
                new NoticeView.PersonView(actor.person().toString(), actor.name()),
                new Details.Me.TownView(
                        town.slug(),
                        town.name(),
                        town.baseUrl().toString(),
                        town.languages(),
                        town.zone().getId()),
                actor.roles().stream().sorted().map(Vocabulary::word).toList(),
                actor.rights().stream().sorted().toList());
    }

    @GetMapping("/districts")
    @Operation(
            operationId = "listDistricts",
            summary = "The town's districts",
            description = "Those that a notice may choose.")
    Details.Choices districts(Town town, Actor actor) {
        return new Details.Choices(districts.of(town.id()).stream()
                .map(district -> new Details.Choice(
                        Long.toString(district.id()), district.slug(), new TreeMap<>(district.names())))
                .toList());
    }

    @GetMapping("/themes")
    @Operation(
            operationId = "listThemes",
            summary = "The town's themes",
            description = "Those that a notice may choose.")
    Details.Choices themes(Town town, Actor actor) {
        return new Details.Choices(themes.of(town.id()).stream()
                .map(theme -> new Details.Choice(Long.toString(theme.id()), theme.slug(), new TreeMap<>(theme.names())))
                .toList());
    }

    @GetMapping("/channels")
    @Operation(operationId = "listChannels", summary = "The ways out", description = "Over which a notice can go.")
    Details.ChannelList channels(Actor actor) {
        return new Details.ChannelList(
                channels.all().stream().map(TownApi::channel).toList());
    }

    private static Details.ChannelView channel(RenditionDeriver deriver) {
        return new Details.ChannelView(
                deriver.channel(),
                deriver.always(),
                Arrays.stream(Kind.values())
                        .filter(kind -> deriver.always() || deriver.byDefault(kind))
                        .map(kind -> Vocabulary.same(Vocabulary.Kind.class, kind))
                        .toList(),
                deriver.fields(),
                deriver.choices());
    }
}
