"""Rights of the app role on the plumbing's tables, those of the job queue included."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_initial"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        rows.without_region("foundation_answer"),
        rows.without_region("foundation_session"),
        migrations.RunSQL("ALTER TABLE foundation_limit SET UNLOGGED"),
        rows.without_region("foundation_limit"),
        *(rows.without_region(f"procrastinate_{table}") for table in ("jobs", "events", "periodic_defers", "workers")),
        migrations.RunSQL(
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO adminduk_app;"
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO adminduk_backup;"
            "GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO adminduk_backup;"
        ),
    ]
