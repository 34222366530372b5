-- While a notice is published it is asked which quiet hours others took the place of just before: by those whoever had them is
-- told, and theirs may be an hour at which nobody else wakes.
CREATE INDEX phone_choice_quiet ON phone_choice (town_id, until_at) WHERE quiet_until IS NOT NULL;
