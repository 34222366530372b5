-- Over which channels a notice ever went. `gone_at`: when it left one, by a correction without it or by its withdrawal;
-- null while it goes there. notice_channel says only where the public revision goes.
CREATE TABLE notice_way (
  town_id   BIGINT      NOT NULL,
  notice_id BIGINT      NOT NULL,
  channel   VARCHAR(32) NOT NULL,
  gone_at   BIGINT,
  PRIMARY KEY (town_id, notice_id, channel),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
CREATE INDEX notice_way_gone ON notice_way (town_id, channel, gone_at, notice_id) WHERE gone_at IS NOT NULL;

-- What published revisions were shown by tells where they went before this table was kept.
INSERT INTO notice_way (town_id, notice_id, channel, gone_at)
SELECT DISTINCT x.town_id, x.notice_id, x.channel,
  CASE WHEN n.withdrawn_at IS NOT NULL THEN n.withdrawn_at WHEN c.channel IS NULL THEN n.published_at END
FROM notice_rendition x
JOIN notice_revision r ON r.town_id = x.town_id AND r.notice_id = x.notice_id AND r.number = x.revision
JOIN notice n ON n.town_id = x.town_id AND n.id = x.notice_id
LEFT JOIN notice_channel c ON c.town_id = x.town_id AND c.notice_id = x.notice_id AND c.channel = x.channel
WHERE r.published_at IS NOT NULL;

-- Lists go by time and then by id, so that notices of one instant have an order; feeds by the last public change.
DROP INDEX notice_current;
CREATE INDEX notice_current ON notice (town_id, public_state, first_published_at, id);
DROP INDEX notice_archive;
CREATE INDEX notice_archive ON notice (town_id, first_published_at, id);
CREATE INDEX notice_latest ON notice (town_id, public_state, changed_at, id);
DROP INDEX notice_withdrawn;
