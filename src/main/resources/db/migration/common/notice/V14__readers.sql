-- Whom a notice ever reached over a channel: a row for each of its themes with each of its districts, as readers choose by
-- them; 0: everybody, whatever they chose, and so by theme for an alert. `gone_at`: when they were last told that it comes no
-- more, by a correction, by an erratum after its end, by its withdrawal; null while it comes. Before this, only the themes
-- and districts of the public revision were known. SQLite cannot change a primary key, so the table is made anew.
DROP INDEX notice_way_gone;
ALTER TABLE notice_way RENAME TO notice_way_v11;
CREATE TABLE notice_way (
  town_id     BIGINT      NOT NULL,
  notice_id   BIGINT      NOT NULL,
  channel     VARCHAR(32) NOT NULL,
  theme_id    BIGINT      NOT NULL,
  district_id BIGINT      NOT NULL,
  gone_at     BIGINT,
  PRIMARY KEY (town_id, notice_id, channel, theme_id, district_id),
  FOREIGN KEY (town_id, notice_id) REFERENCES notice (town_id, id)
);
INSERT INTO notice_way (town_id, notice_id, channel, theme_id, district_id, gone_at)
SELECT DISTINCT w.town_id, w.notice_id, w.channel,
  CASE WHEN n.kind = 'EMERGENCY' THEN 0 ELSE COALESCE(t.theme_id, 0) END, COALESCE(d.district_id, 0), w.gone_at
FROM notice_way_v11 w
JOIN notice n ON n.town_id = w.town_id AND n.id = w.notice_id
LEFT JOIN notice_theme t ON t.town_id = w.town_id AND t.notice_id = w.notice_id
LEFT JOIN notice_district d ON d.town_id = w.town_id AND d.notice_id = w.notice_id;
DROP TABLE notice_way_v11;
CREATE INDEX notice_way_gone ON notice_way (town_id, channel, gone_at) WHERE gone_at IS NOT NULL;
