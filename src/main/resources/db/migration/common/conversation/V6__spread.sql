-- How often notices were passed on and liked since some day, and from how many servers: read from the index alone.
CREATE INDEX conversation_reaction_spread ON conversation_reaction (town_id, arrived_at, kind, host);
