package fr.tambour.conversation;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the town answers somebody.
 *
 * @param id names it for good
 * @param text plain
 * @param language BCP 47 tag of the text
 * @param open whether everybody may read it: as what it answers
 * @param repliesTo the name of what it answers
 * @param to who is answered; their texts and addresses are empty where they are gone
 * @param withdrawnAt when the town took it back
 * @param owed whether it leaves even where whoever is told is blocked meanwhile: why something of theirs is hidden
 */
public record TownAnswer(
        TownId town,
        long id,
        String channel,
        Optional<NoticeId> notice,
        String text,
        String language,
        boolean open,
        String repliesTo,
        Author to,
        Instant sentAt,
        Optional<Instant> withdrawnAt,
        boolean owed) {}
