package fr.tambour.notice.api;

import java.util.List;

/** Every problem that a program may be answered, for the reference. Codes never change their meaning. */
final class Problems {

    /** The sentence is the message {@code error.<code>}. */
    record Problem(int status, String code) {}

    static final List<Problem> ALL = List.of(
            // The request itself.
            new Problem(400, "malformed"),
            new Problem(400, "api.body-missing"),
            new Problem(400, "api.not-json"),
            new Problem(400, "api.json-too-deep"),
            new Problem(400, "api.json-too-long"),
            new Problem(400, "api.duplicate-field"),
            new Problem(400, "api.unknown-field"),
            new Problem(400, "api.missing-field"),
            new Problem(400, "api.wrong-type"),
            new Problem(400, "api.unknown-parameter"),
            new Problem(400, "api.parameter-twice"),
            new Problem(400, "api.parameter-too-long"),
            new Problem(400, "api.unknown-value"),
            new Problem(400, "api.number"),
            new Problem(400, "api.idempotency-key"),
            new Problem(400, "page.cursor"),
            new Problem(405, "method"),
            new Problem(406, "media-type"),
            new Problem(413, "api.too-large"),
            new Problem(415, "media-type"),
            // Who asks.
            new Problem(401, "people.token-missing"),
            new Problem(401, "people.token-refused"),
            new Problem(403, "people.right-missing"),
            new Problem(403, "people.token-right-missing"),
            new Problem(421, "town.unknown-host"),
            new Problem(429, "people.too-soon"),
            // Asked twice, or at the same time.
            new Problem(409, "api.idempotency-under-way"),
            new Problem(422, "api.idempotency-reused"),
            new Problem(409, "notice.conflict"),
            new Problem(412, "notice.conflict"),
            new Problem(428, "api.version-missing"),
            // Not there.
            new Problem(404, "not-found"),
            new Problem(404, "notice.unknown"),
            new Problem(404, "api.no-draft"),
            new Problem(404, "api.no-revision"),
            new Problem(404, "api.no-picture"),
            new Problem(404, "api.no-rendition"),
            new Problem(404, "notice.not-an-exercise"),
            // Not possible where the notice stands.
            new Problem(409, "notice.illegal-step.edit"),
            new Problem(409, "notice.illegal-step.submit"),
            new Problem(409, "notice.illegal-step.take-back"),
            new Problem(409, "notice.illegal-step.ask-changes"),
            new Problem(409, "notice.illegal-step.approve"),
            new Problem(409, "notice.illegal-step.schedule"),
            new Problem(409, "notice.illegal-step.unschedule"),
            new Problem(409, "notice.illegal-step.publish"),
            new Problem(409, "notice.illegal-step.correct"),
            new Problem(409, "notice.illegal-step.discard"),
            new Problem(409, "notice.illegal-step.withdraw"),
            new Problem(409, "notice.correct-at-once"),
            new Problem(409, "notice.correction-under-way"),
            new Problem(409, "notice.alert-already-left"),
            new Problem(409, "notice.kind-is-public"),
            new Problem(409, "notice.exercise-stays"),
            new Problem(409, "notice.not-approved"),
            new Problem(409, "notice.not-what-was-approved"),
            new Problem(409, "notice.over"),
            new Problem(409, "dispatch.nothing-under-way"),
            new Problem(403, "notice.four-eyes"),
            // What was sent cannot be.
            new Problem(422, "notice.incomplete"),
            new Problem(422, "notice.alert-incomplete"),
            new Problem(422, "notice.reason-missing"),
            new Problem(422, "dispatch.reason-missing"),
            new Problem(422, "notice.not-an-emergency"),
            new Problem(422, "notice.schedule-past"),
            new Problem(422, "notice.schedule-after-end"),
            new Problem(422, "notice.time-missing"),
            new Problem(422, "notice.time-twice"),
            new Problem(422, "notice.year"),
            new Problem(422, "notice.too-many-exceptions"),
            new Problem(422, "notice.too-many-pictures"),
            new Problem(422, "notice.unknown-district"),
            new Problem(422, "notice.unknown-theme"),
            new Problem(422, "notice.unknown-language"),
            new Problem(422, "notice.unknown-picture"),
            new Problem(422, "text.too-long"),
            new Problem(422, "notice.not-longer"),
            new Problem(422, "notice.no-such-occurrence"),
            new Problem(422, "api.bad-value"),
            new Problem(422, "api.unknown-name"),
            new Problem(422, "api.other-zone"),
            // Pictures.
            new Problem(413, "media.too-large"),
            new Problem(415, "media.not-a-picture"),
            new Problem(422, "media.broken"),
            new Problem(422, "media.too-many-pixels"),
            new Problem(422, "media.takes-too-long"),
            // Ours.
            new Problem(500, "internal"),
            new Problem(503, "busy"),
            new Problem(503, "overrun"),
            new Problem(507, "disk-full"));

    private Problems() {}
}
