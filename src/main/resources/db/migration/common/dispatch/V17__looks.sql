-- In the order in which a worker looks for them, each look behind the last one of the look before.
DROP INDEX dispatch_unsettled;
CREATE INDEX dispatch_unsettled ON dispatch (emergency, exercise, opened_at, town_id, id) WHERE settled_at IS NULL;
