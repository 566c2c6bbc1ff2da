-- What was published stays as it was: revisions are only ever added.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% on %: rows are only ever added', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER revision_is_append_only BEFORE UPDATE OR DELETE ON "revision"
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER revision_is_not_truncated BEFORE TRUNCATE ON "revision"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- The pointer always names a revision that exists; deferred, because the two rows name each other.
ALTER TABLE "record" ADD CONSTRAINT "record_published_revision_fk"
	FOREIGN KEY ("resource", "id", "published_revision") REFERENCES "revision" ("resource", "record_id", "number")
	DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
-- Followers of a job hear of every committed change, whoever made it.
CREATE FUNCTION notify_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('xishan_job', NEW.id::text);
	RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER job_progress_is_notified AFTER INSERT OR UPDATE ON "job_progress"
	FOR EACH ROW EXECUTE FUNCTION notify_job();
