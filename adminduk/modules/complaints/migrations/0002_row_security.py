"""Anybody acting in a region reports; the inspectorate reads; a number shows its own report's state and answers."""

from django.db import migrations

from adminduk.foundation import row_security as rows


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial"), ("foundation", "0004_who")]
    operations = [
        rows.for_inspector("complaints_report", adding=rows.in_region("complaints_report")),
        rows.for_inspector("complaints_step"),
        rows.seen_by_guard("complaints_report"),
        rows.seen_by_guard("complaints_step"),
        rows.guard_function(
            "report_by_number(wanted bytea)",
            returns="TABLE (id uuid, region_id int, received_at timestamptz, read_at timestamptz,"
            " closed_at timestamptz, outcome text)",
            body="SELECT r.id, r.region_id, r.received_at, r.read_at, r.closed_at, r.outcome::text"
            " FROM public.complaints_report r WHERE r.number_index = wanted",
        ),
        rows.guard_function(
            "answers_by_number(wanted bytea)",
            returns="TABLE (id uuid, kind text, words bytea, at timestamptz)",
            body="SELECT s.id, s.kind::text, s.words, s.at FROM public.complaints_step s"
            " JOIN public.complaints_report r ON r.id = s.report_id"
            " WHERE r.number_index = wanted AND s.kind = 'answer'",
        ),
    ]
