-- revision: 20260102
-- down_revision: 20260101
-- message: events by time
-- transaction: off

-- upgrade
CREATE INDEX CONCURRENTLY ix_events_at ON events (at);
-- downgrade
DROP INDEX CONCURRENTLY ix_events_at;
