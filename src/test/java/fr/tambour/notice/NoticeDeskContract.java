package fr.tambour.notice;

/** What the desk promises to whoever uses it, studio or program, on any database. */
interface NoticeDeskContract extends DeskDraftContract, DeskReleaseContract, DeskPublicContract, DeskExerciseContract {}
