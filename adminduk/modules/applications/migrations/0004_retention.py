"""How much of an application is kept, when its owner was reminded; words of events may be removed, never changed."""

from django.db import migrations, models

SQL = """
SET ROLE adminduk_guard;
CREATE FUNCTION sec.refuse_change_but_removed_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.words IS NOT NULL AND NEW.words IS NULL AND to_jsonb(NEW) - 'words' = to_jsonb(OLD) - 'words' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
RESET ROLE;
DROP TRIGGER no_change ON applications_event;
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON applications_event
    FOR EACH ROW EXECUTE FUNCTION sec.refuse_change_but_removed_words();
GRANT UPDATE (words) ON applications_event TO adminduk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_draft_per_region")]
    operations = [
        migrations.AddField("application", "reminded_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "application",
            "kept",
            models.CharField(
                choices=[("whole", "whole"), ("thin", "thin"), ("frame", "frame")], default="whole", max_length=8
            ),
        ),
        migrations.AddIndex(
            "application",
            models.Index(
                condition=models.Q(
                    ("state__in", ("approved", "refused", "withdrawn", "closed")),
                    models.Q(("kept", "frame"), _negated=True),
                ),
                fields=["region_id", "kept", "changed_at"],
                name="application_retention",
            ),
        ),
        migrations.RunSQL(SQL),
    ]
