-- What the town had dropped from its lists when it was published, with commas between: whoever had chosen it was told, or not,
-- by that, whatever comes back later. TEXT: lists only grow, and no alert may fail for their length.
ALTER TABLE dispatch ADD COLUMN dropped_themes TEXT NOT NULL DEFAULT '';
ALTER TABLE dispatch ADD COLUMN dropped_districts TEXT NOT NULL DEFAULT '';
