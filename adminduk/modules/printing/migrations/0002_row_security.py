"""Staff see their region; a citizen only his own place; the board counts by functions that know no person."""

from django.db import migrations

from adminduk.foundation import row_security as rows

IN_LINE = "i.job_id IS NULL AND i.stopped_reason = ''"


class Migration(migrations.Migration):
    dependencies = [("printing", "0001_initial"), ("foundation", "0003_rights")]
    operations = [
        rows.by_region_and_owner("printing_item"),
        rows.by_region_for_staff("printing_printer"),
        rows.by_region_for_staff("printing_batch", rights="SELECT, INSERT, DELETE"),
        rows.by_region_for_staff("printing_job"),
        rows.by_region_for_staff("printing_movedahead", rights="SELECT, INSERT"),
        rows.append_only("printing_movedahead"),
        rows.by_region_for_staff("printing_alarm", rights="SELECT, INSERT"),
        rows.append_only("printing_alarm"),
        rows.public_in_region("printing_shortage"),
        rows.seen_by_guard("printing_item"),
        rows.seen_by_guard("printing_movedahead"),
        rows.guard_function(
            "place_in_print_line(product uuid, most int)",
            returns="int",
            body="SELECT (SELECT count(*) FROM (SELECT 1 FROM public.printing_item o WHERE o.region_id = i.region_id"
            " AND o.site_id = i.site_id AND o.job_id IS NULL AND o.stopped_reason = ''"
            " AND (o.rank, o.queued_at, o.product_id) <= (i.rank, i.queued_at, i.product_id) LIMIT most) c)::int"
            f" FROM public.printing_item i WHERE i.product_id = product AND {IN_LINE}",
        ),
        rows.guard_function(
            "print_lines(region int)",
            returns="TABLE (site_id uuid, rank smallint, waiting bigint, oldest timestamptz)",
            body="SELECT i.site_id, i.rank, count(*), min(i.queued_at) FROM public.printing_item i"
            f" WHERE i.region_id = region AND {IN_LINE} GROUP BY i.site_id, i.rank",
        ),
        rows.guard_function(
            "print_exceptions(region int, since date)",
            returns="TABLE (reason text, count bigint)",
            body="SELECT m.reason, count(*) FROM public.printing_movedahead m"
            " WHERE m.region_id = region AND m.day >= since GROUP BY m.reason",
        ),
    ]
