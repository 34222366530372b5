-- Since when an exercise is being written; null: it is none. Set as the notice is begun, and never again. Public lists leave
-- exercises out: only who knows the id finds one.
ALTER TABLE notice ADD COLUMN exercise_since BIGINT;
